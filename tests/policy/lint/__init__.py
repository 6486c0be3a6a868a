"""The linter's tests."""

"""The tests of Mingshi; `tests.pilot` and `tests.browser` are the tools they share."""

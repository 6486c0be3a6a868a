"""Tests in a real browser, and the harness that they share."""

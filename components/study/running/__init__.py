"""Running a study: which step comes next, what it asks, what is recorded. No screen is known."""

"""Real databases for the tests, made for them and taken away afterwards."""

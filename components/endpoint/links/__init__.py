"""Joining installations to an account, after proof of login."""

"""Requests to exercise a right: taken in, handled step by step, due on a working day."""

"""Somebody beside a participant: what they see, and what they write of it, in a file of its own."""

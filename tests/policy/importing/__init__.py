"""Importing texts into packs."""

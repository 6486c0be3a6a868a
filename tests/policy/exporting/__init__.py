"""Exporting packs and documents."""

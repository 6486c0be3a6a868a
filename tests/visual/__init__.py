"""Pictures of the examples, held against the pictures of last time.

    python -m tests.visual --renew     takes them all anew
    python -m tests.visual --sheets    writes docs/contact-sheets
    python -m pytest tests/visual      compares

What differs between two machines is how Chromium smooths the edges of letters; the font is ours.
So pictures are compared by what a person would notice: see `tests.visual.comparing`.
"""

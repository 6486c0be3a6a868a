"""README and docs are run: every command, every block, every path and option that they name.

A new page is taken by itself. What fails is named with its file and line, and how to mend it.
"""

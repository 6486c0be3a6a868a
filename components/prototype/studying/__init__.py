"""A usability study of the prototype: its participants' pages, the app beside them, the command."""

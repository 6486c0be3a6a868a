"""A study's data as tables, for a spreadsheet or a program; and a tier that can be shared."""

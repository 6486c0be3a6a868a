"""A host to try the kit in: a small ticketing app, its demo command and its web server."""

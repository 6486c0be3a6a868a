"""The prototype as a folder of files that any web server can serve; see ``docs/static-site.md``."""

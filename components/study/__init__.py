"""Usability studies of a consent interface: what is asked, of whom, what is kept, what it shows.

Nothing in here draws a screen or opens a socket. The participant's agreement to be studied and the
consent interface under test share nothing: this room cannot even import the consent record.
"""

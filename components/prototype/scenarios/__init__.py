"""Scenarios of the stakeholder demo: what a person does, what happens, and what is to be seen.

They drive the real kit: a real record in SQLite, a real outbox, a real endpoint. What stands in is
what a device has around an app: its clock, its network, its system dialogs, its randomness.
"""

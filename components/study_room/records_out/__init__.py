"""The way out for the records of a device: one file, for whoever runs the study."""

from .records_out import RecordsOut as RecordsOut

"""Tests of the prototype, the host that the kit is shown in."""

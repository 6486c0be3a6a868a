"""Apps that are started as processes of their own to be measured: ``python -m NAME``."""

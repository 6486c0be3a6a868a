"""What a study shows, in plain Python: it is worked out on the device, without a wheel."""

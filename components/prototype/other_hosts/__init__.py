"""The kit's screens in hosts that look otherwise: the kit sets no theme, it follows the host's."""

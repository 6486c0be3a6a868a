"""What can be changed afterwards: the consent centre."""

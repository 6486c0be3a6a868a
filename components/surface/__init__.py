"""What every screen of the kit is made of: tokens, parts, sheets, and the seam to Flet."""

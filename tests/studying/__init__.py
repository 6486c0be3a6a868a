"""Studies run with real screens: headless by a bot that sees what it presses, and in Chromium."""

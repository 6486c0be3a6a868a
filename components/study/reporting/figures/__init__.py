"""Figures as SVG by matplotlib, in the kit's own font and the colours of the page around them."""

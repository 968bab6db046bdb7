"""Inline SVG drawn at build: what explains at a glance reads in black and white too and has a real table beneath."""

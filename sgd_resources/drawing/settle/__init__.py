"""Settles what a brand draws with: logos and fonts are checked once, when they come in.

What belongs here: proving what a file costs to draw or shape, flattening it, measuring it. What must not live
here: deciding which file is a logo or sets a text, and storing anything.
"""

"""Notations of colour, wherever they are written: hex, RGB, CMYK, CSS functions, names of inks; inks to sRGB.

Lies below all formats and knows none of them. What must not live here: which colour is the brand's.
"""

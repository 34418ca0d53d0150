"""What a canon's page shows of the evidence itself: cited places as pictures or lines, glyphs of a font.

Runs in the confined child. What must not live here: which places are cited, or the page around them.
"""

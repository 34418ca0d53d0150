"""Rules on colour: how much keeps to the palette, the largest area that does not, stated proportions.

`surface` tells flat areas, edges and photographs apart for all of them. What must not live here: the contrast of words
(`words/`), the colours of a logo (`logo/`).
"""

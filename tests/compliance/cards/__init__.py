"""Pictures that the product did not make: cards laid out here, drawn by Pillow, Chromium or matplotlib.

A `Card` says what stands where; a painter draws it. What must not live here: what is wrong with one (`spoilers/`).
"""

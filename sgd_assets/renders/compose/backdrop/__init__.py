"""A picture under the words: which part of it is seen, how it is coloured, and the veil that keeps words legible on it.

What belongs here: pixels of one picture that fills the page, before words and logo are drawn over it. What must not
live here: where words stand (`compose/layouts/bleeds.py`), or what draws the eye (`imagery/saliency.py`).
"""

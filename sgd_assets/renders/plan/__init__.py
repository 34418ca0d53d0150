"""Plans: the words, colours and elements of a render, and the mend of a plan that failed.

What must not live here: places and sizes on a canvas (`compose/`).
"""

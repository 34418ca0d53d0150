"""Rules on the logo that one document states, clear space and minimum size in machine form: `-> [LogoClaim]`.

What must not live here: the logo files, or drawing with a rule (`renders`).
"""

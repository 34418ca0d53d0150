"""Rules on the logo and the look around it that one document states, clear space and minimum size in machine form.

`[PlacedBlock] -> [LogoClaim]`, and which of them all are kept.

What must not live here: the logo files, or drawing with a rule (`renders`).
"""

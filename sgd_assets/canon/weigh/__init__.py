"""Claims of all documents weighed into one canon: palette, roles, confidence, conflicts kept.

What must not live here: reading a document (`colours`, `fonts`, `voice`, `logo`).
"""

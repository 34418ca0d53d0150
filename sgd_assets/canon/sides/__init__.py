"""On which side of the line a text stands: whether it tells something to do or not to do.

What must not live here: what a rule is about (`voice`, `logo`).
"""

"""Routes of proof and of lists: what was made, from what, and whether a file is ours. They read only, but one.

What must not live here: making renders (`renders.py`), or verdicts (`sgd_assets/renders/prove`).
"""

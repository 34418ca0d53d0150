"""Brands whose pictures are judged: the repository's kits, invented ones, and the real ones where they are present.

What must not live here: drawing a picture (`cards/`) or spoiling one (`spoilers/`).
"""

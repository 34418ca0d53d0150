"""Campaign sets: one brief in many sizes for many rows of words, as the single render requests that it stands for.

From a batch's body to the bodies of its items, and to the names of their files. What must not live here: rows of the
database, HTTP, or making a picture.
"""

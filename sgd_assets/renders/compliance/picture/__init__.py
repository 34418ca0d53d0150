"""Rules on the file as a whole: its size, format, sharpness, what coding did to it, and whether it is there already.

What must not live here: what stands on the picture.
"""

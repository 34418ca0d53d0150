"""What an org draws with, settled once: each picture that may be a logo and each font, checked in the confined child.

What belongs here: calling the jobs that settle a file (`make`), their stored results (`model`), finding or making anew
what is stored (`keep`). What must not live here: which file is the logo or sets a text, and drawing.
"""

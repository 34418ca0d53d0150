"""Bodies: what clients send and get, and how JSON is read.

What must not live here: routes, uploads' bytes (`intake/`).
"""

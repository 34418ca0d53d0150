"""The embedded scanner: rules of our own over an upload and everything that unpacks from it, in the confined child.

`rules` holds the compiled policy, `unpack` takes containers apart, `scan` looks. What must not live here: clamd
(`sgd_resources/clamd.py`), and what to do about a hit (the gate decides).
"""

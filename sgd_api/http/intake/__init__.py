"""How bytes come in: how fast, how many and how much at once, on whose threads, part by part into quarantine.

What must not live here: JSON bodies (`bodies/`), or what the gate says of the bytes.
"""

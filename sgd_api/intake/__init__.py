"""How bytes may come in: how fast they must, how many requests of one caller at once, and on whose threads.

What must not live here: what the bytes are (`multipart.py`, `json_body.py`), or where they go (`quarantine.py`).
"""

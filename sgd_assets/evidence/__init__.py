"""Evidence: the gate between quarantine and clean files, and what it remembers of both.

What must not live here: reading what a file says (`documents`).
"""

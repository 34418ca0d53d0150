"""Commands about a whole org: its names, and the log of what was done in it.

What must not live here: keys of callers (`commands/keys.py`), or what an org has made.
"""

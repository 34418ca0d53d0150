"""Redis: the link to it, what processes share through it, how much may be spent in a window of time, and bytes kept
by key with a time to live.

What must not live here: whose budget, limit or cache it is; that is said by the caller.
"""

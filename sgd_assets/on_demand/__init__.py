"""Runs asked for now: the request, the warm workers that serve it, the sweep behind them, waiting for its end.

What must not live here: what a job does (the nouns), or whom a run belongs to (`running/`).
"""

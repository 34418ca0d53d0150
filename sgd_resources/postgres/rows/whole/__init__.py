"""Rows that stand for a whole org: its caps on money, its log of requests, its removal, what is left of it.

What must not live here: rows of one thing that an org has (`rows/`).
"""

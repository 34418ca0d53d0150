"""Strings that break programs, sent as every string of every request that the API's description knows.

What must not live here: what a route does with good input.
"""

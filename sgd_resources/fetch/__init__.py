"""Fetching an address that a stranger wrote, without being led anywhere else.

What must not live here: calls to services that the operator chose (each has its own client).
"""

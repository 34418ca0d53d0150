"""Bytes to and from a provider: transport, bodies, streams, refusals, and when a try is made again.

What must not live here: budgets, caches, policies.
"""

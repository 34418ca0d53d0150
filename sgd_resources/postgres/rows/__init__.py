"""Rows of our tables: a module per table or per question asked of it, each within one org's transaction.

What must not live here: connections (`engine`), ports of the graph (`ledgers/`), translation to HTTP bodies.
"""

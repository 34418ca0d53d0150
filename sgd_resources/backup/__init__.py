"""Backups: databases, objects and keys of one installation written to a folder, and brought back from it.

A backup is a folder that appears whole or not at all. What must not live here: the command line's words, or what is
made anew from what was brought back (search vectors: `sgd_assets/embeddings`).
"""

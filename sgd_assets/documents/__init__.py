"""Parsed documents of an org, one per clean file, and what its brand draws with, settled.

What must not live here: parsers themselves (`sgd_resources/parsers`), or what a finding means (`canon`).
"""

"""Folders of evidence: read, uploaded, taken in as orgs, or made into a canon on this machine alone.

What must not live here: options and printing of a command (`commands/`).
"""

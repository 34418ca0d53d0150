"""Reads across tables: lists of an org's renders, evidence and audit, and the ways between renders and evidence.

What must not live here: writing a row.
"""

"""Reads across tables: lists of an org's renders, evidence and audit, the ways between renders and
evidence, and whether the audit log is the one that was written.

What must not live here: writing a row.
"""

"""Compliance: a finished picture measured against the canon.

One mended plan from what failed, too. What must not live here: planning afresh (`plan/`).
"""

"""Budgets, the call log and alerts: reserved before, settled after, never lost.

What must not live here: which model is asked, or how.
"""

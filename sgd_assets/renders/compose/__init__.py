"""Composition: a plan -> a scene on its canvas, set in type, drawn.

What must not live here: what is said (`plan/`), whether it is right (`compliance/`).
"""

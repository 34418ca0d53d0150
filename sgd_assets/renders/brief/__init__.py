"""Briefs: what a render request asks for, as data: words to print, imagery, placement, ground, mood, what must not be.

From a request's `copy` or instruction to `Brief`, by rules or by a model. What must not live here: whether and how it
can be met (`plan/`).
"""

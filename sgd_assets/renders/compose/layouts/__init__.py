"""Layouts: each family turns a plan into a scene on its canvas. Grid, margins, hierarchy; one art panel at most.

Families by kind, and `catalogue.py` that says for which formats, words and wishes each is made. What must not live
here: the parts they share (`compose/parts/`), or which one a picture takes first (`plan/choice/layouts.py`).
"""

"""Spoiled and clean pictures of many brands, and how well the judge tells them apart: `python -m tests.compliance`.

Every picture is drawn from a seed and spoiled in one way, so the one family of rules that must flag it is known; the
families that may flag it too are told beside it. What lives here: the set (`case.py`, `make_cases.py`), the judge as
the set asks it (`judge.py`), and the tables. What must not live here: any code of the rules. Nothing in this folder
imports from `sgd_assets.renders.compliance` but `judge.py`, and no parameter of a spoiler reaches the judge.
"""

"""Commands of `sgd canon` beside deriving and showing: taking a canon out, deciding on its facts.

What must not live here: deriving, showing and comparing (`../canon.py`).
"""

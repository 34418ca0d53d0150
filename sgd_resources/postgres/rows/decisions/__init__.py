"""What people decided about what was derived for their org.

What must not live here: canon versions (`../canon.py`), or what a decision does to a canon (`sgd_assets/canon`).
"""

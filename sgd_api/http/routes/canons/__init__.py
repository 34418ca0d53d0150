"""What is done with an org's canon beside reading it: taken out in other programs' formats, decided on by people.

What must not live here: reading a canon and its versions (`../canon.py`), or any decision (`sgd_assets/canon`).
"""

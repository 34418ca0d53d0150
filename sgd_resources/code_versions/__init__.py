"""Versions of our own code, computed from what decides an outcome: nobody raises one by hand, nobody forgets to.

A stage's results are stored under the version of the functions that made them. A changed rule, constant, deciding
library or data file that they name gives another version; a comment, a docstring, a format change or a file that moves
does not. What must not live here: which functions decide what (each stage names its own), or where results are stored.
"""

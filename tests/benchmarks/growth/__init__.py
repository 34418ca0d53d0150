"""How the cost of reading grows with its input: one made-up input per construct that may repeat, at n, 2n and 4n.

`measure.py` runs them, one file per family of formats makes them. What must not live here: the table (that is
`bench_growth`), real files.
"""

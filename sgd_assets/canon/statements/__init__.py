"""What people say of a canon's facts, and the canon that follows: `Canon, [FactStatement] -> Canon`.

What must not live here: keeping statements (`sgd_resources/postgres/rows/decisions`), or reading files.
"""

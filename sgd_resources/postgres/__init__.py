"""Postgres: connections of one org at a time, tables, roles, migrations, errors told in our words.

`rows/` reads and writes the rows of one table each; `ledgers/` are the ports that runs write through. What must not
live here: what a row means to a stage, or HTTP bodies.
"""

"""The sample kits, from their files to their pictures, held to what was seen before: a change of behaviour is seen.

`python -m tests.kits --write` renews `expected.json` on purpose; its diff then says what changed, and the commit why.
What must not live here: what is right about a canon or a picture (the tests of their own folders say that).
"""

"""`Idempotency-Key` of every POST: claimed at the door, answered once, answered the same again for a day.

`entry.py` stands behind login and scope, in the dependency that every route with a caller has: a new POST route is
covered by being one. What must not live here: the rows (`kept_answers` in `sgd_resources/postgres`), or the
keys of renders, batches and jobs, which belong to the row that is made.
"""

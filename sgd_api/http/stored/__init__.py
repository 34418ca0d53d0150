"""What routes do with stored things in more than one step: rows as bodies, canons, answers of jobs, removals.

What must not live here: the bodies that tell of it (`bodies/`), the rows' SQL (`sgd_resources/postgres/rows`).
"""

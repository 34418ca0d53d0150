"""A stranger's JSON Schema: what of it may come in, and values judged by it in bounded time.

`read_schema` is the door; what it gives judges any value with a budget of steps. What must not live here: models, HTTP,
or what an answer means.
"""

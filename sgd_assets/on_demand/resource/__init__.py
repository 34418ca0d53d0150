"""A job as everybody is told of it, in answers and in webhooks alike, and the canon it left.

What must not live here: HTTP, sending, or what one kind alone tells (`sgd_api/http/stored`). Imports no dagster.
"""

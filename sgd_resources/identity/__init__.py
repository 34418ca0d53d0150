"""Who calls: tokens of a user's session, signed requests of services, and what either may do.

Pure but for one fetch of an issuer's public keys. What must not live here: HTTP routes and headers (`sgd_api/http`),
the rows of API keys (`sgd_resources/postgres/rows/keys.py`), or how much a caller may do in a minute.
"""

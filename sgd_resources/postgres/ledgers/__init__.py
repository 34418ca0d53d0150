"""The ledgers that runs write: ports over Postgres, a transaction per call.

What must not live here: the SQL of single rows (`rows/`), or what the API reads.
"""

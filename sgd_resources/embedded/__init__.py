"""Real Postgres and Redis from wheels, for one machine: made, started, shared, ended with their last user.

What must not live here: what is stored in them, or the rest of a machine's stack (`sgd_api/local`).
"""

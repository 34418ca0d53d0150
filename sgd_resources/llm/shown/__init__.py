"""What all processes of the gateway show together, over Redis: counts, breakers, and which models fail since when.

What must not live here: deciding anything about a call by it (`policy/shared_observations.py`, `call/breaker.py`).
"""

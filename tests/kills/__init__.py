"""Workers killed (SIGKILL) at every step of every kind of job: steps, matrix, command, and a short part.

What must not live here: other deaths (`tests/sgd_assets/on_demand/test_worker.py`), or services that die.
"""

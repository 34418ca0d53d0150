"""A service under load, on this machine's loopback and bounded in time: `python -m tests.load` (`make load`), and under
faults: `python -m tests.load.faults`.

What must not live here: figures of single functions (`tests/benchmarks`), or tests that `make check` runs.
"""

"""The fault matrix: ways a provider fails as data, each with how a call has to end, whole and streamed.

Belongs here: the modes and what is right for each (`mode.py`, `modes_*.py`), how they are spoken through each of two
fakes that share no code, and the test over all of them. What must not live here: faults of TCP (`tests/services/llm`).
"""

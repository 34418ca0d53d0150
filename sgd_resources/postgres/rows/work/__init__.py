"""Jobs as their org asks about them, whatever their kind: listed, cancelled, paid for, and removed after a while; what
tells of their ends, and the answers that are given again.

What must not live here: asking for a job (`rows/jobs.py`), or serving one (`rows/queue.py`).
"""

"""How a process is seen from outside: what it counts, the spans of its work, the form of its log lines.

`counts.py` names what is counted, `told.py` hands it to Redis, `view.py` reads all processes' back, `exposition.py`
writes that for Prometheus. What must not live here: what is worth an event (whoever saw it tells it,
`sgd_resources/events.py`), HTTP, or the model gateway's own view (`sgd_resources/llm/shown`).
"""

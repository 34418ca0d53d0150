"""Writes the Grafana dashboards under `deploy/grafana/dashboards` from what they show: `python -m tools.dashboards`.

`boards.py` says which panels there are, `grafana.py` how Grafana's JSON spells them. What must not live here: alert
rules (`deploy/prometheus`), or metrics.
"""

"""The outside world: what SGD talks to and reads with. The lowest package; knows no stage and no HTTP.

Loose files are values and rules that several rooms share. Each vendor, format or service has a room of its own, and so
has whatever opens a stranger's bytes (`parsers`, `cleaning`, `scanning`, `drawing`, `excerpts`; `sandbox` runs it).
What must not live here: what a brand is, what a request may ask, or Dagster outside `dagster/`.
"""

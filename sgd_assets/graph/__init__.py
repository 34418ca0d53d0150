"""What the graph tells Dagster of each org in a run: events, failures, checks, logs. Knows Dagster, and no stage.

A run covers one org or a range of them; whatever is recorded here is recorded per org, so that Dagster's UI shows each
partition as it is. What must not live here: a stage's logic, or the assets themselves.
"""

"""What one org's share of a run is and tells: its stage, events, checks, failures and log lines.

A run covers one org or a range of them; whatever is recorded is recorded per org, so that Dagster's UI shows each
partition as it is. What must not live here: a stage's logic, or the assets themselves.
"""

"""The asset graph: a room per noun, `graph/` for what Dagster is told, `running/` and `on_demand/` for runs.

Loose files are plain values that nouns hand to the graph. What must not live here: vendors, HTTP.
"""

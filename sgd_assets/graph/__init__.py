"""The graph as Dagster knows it: definitions, partitions, jobs, sensors, resources, automation, its failures.

What must not live here: a stage's logic, or how runs are kept and ended (`running/`).
"""

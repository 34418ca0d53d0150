"""Dagster's side of the outside world: resources, IO managers, storage, the instance file of one machine.

Thin: configuration in, plain objects out. What must not live here: assets and jobs (`sgd_assets/graph`).
"""

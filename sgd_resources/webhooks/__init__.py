"""Telling an org's own address that a job has ended: secrets, signatures and the one request.

What must not live here: which jobs are told to whom (the database), or when a delivery is tried again
(`sgd_assets/on_demand/webhook_lane.py`).
"""

"""The addresses of jobs of any kind, under /v1/jobs.

What must not live here: what a job may be asked for, or how one is told (`sgd_api/http/work`).
"""

"""Rows of the prompt service: schemas and templates by version, and answers that wait for a person.

What must not live here: what a schema or template means (`sgd_assets/prompts`), or their cache.
"""

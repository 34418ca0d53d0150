"""Answers: checked against a schema, kept, and shared between equal calls.

What must not live here: asking a provider (`wire/`).
"""

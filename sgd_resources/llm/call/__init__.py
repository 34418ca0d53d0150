"""A call, step by step: memory, flight, chain, tries with their money, breakers, the answer as told.

What must not live here: how bytes look (`wire/`), how money is counted (`money/`).
"""

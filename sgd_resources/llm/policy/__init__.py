"""Which models answer a task: the policy file, the order of models, what the provider says of them, call limits.

What must not live here: prices paid (`money/`), bodies and errors (`wire/`).
"""

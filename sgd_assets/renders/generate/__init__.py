"""Pictures made by an image model: whether one is wanted, what is asked for, and what becomes of what comes.

From brief, canon and references to a stored picture for the art panel. What must not live here: words and logo on it
(`compose/`), or decoding what a model sent (the confined child).
"""

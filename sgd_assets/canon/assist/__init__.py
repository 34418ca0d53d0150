"""The assisted route: what a model is asked, what of its answer is kept, and when its help was not worth it.

What must not live here: the gateway to a model, or any value that no document states.
"""

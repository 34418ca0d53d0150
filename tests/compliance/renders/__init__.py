"""Pictures made by the product, asked for as a client does, with the plan that each was made by.

What must not live here: spoiling them (`spoilers/`).
"""

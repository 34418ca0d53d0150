"""Makes the sample brand kits: guideline PDF, logos, type, Office files, web files. The same bytes on every run.

What must not live here: anything that the product needs while it runs.
"""

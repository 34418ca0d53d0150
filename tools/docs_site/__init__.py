"""Makes pages of the documentation's site out of what the project says of itself: API, commands, modules, prices.

Called by mkdocs (`hook.py`, named in `mkdocs.yml`). What must not live here: pages that a person writes (`docs/`).
"""

"""Colours that one document states, shows, uses or defines, with names and roles: `ParsedDocument -> [ColourClaim]`.

What must not live here: weighing the claims of several documents (`weigh`).
"""

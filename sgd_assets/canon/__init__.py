"""The canon: parsed documents -> palette, fonts, voice, logo rules, each fact cited and weighed.

Numbers whose comment names no other source part cases of the guides and kits that the rules were written on; beyond
those only the whole is measured (the floors of `tests/brands`). Loose here: the canon's own shape and what derives,
compares, scores and checks a whole one; each of its parts has a room below. What must not live here: reading files, or
drawing with the canon (`renders`).
"""

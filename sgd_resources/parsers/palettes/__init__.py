"""Palettes kept as data or code: design tokens, YAML, TOML, GIMP, source files.

What must not live here: style sheets (`parsers/web`), colours in prose (`parsers/colours`).
"""

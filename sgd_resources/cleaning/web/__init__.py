"""Cleans HTML, SVG and CSS by allowlist; counts what an SVG would cost to draw.

What must not live here: what a page says (`parsers/web`).
"""

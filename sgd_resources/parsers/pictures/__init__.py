"""Raster pictures as evidence: size, colours, and the words of one that is a guide page itself.

What must not live here: what PDF pages need too (`parsers/pixels`).
"""

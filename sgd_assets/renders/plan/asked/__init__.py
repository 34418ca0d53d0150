"""Wishes of an instruction for single parts, in the brand's terms: their colours, the fonts that set them.

What must not live here: reading the wishes (`brief/`), or the scheme and the layout of a plan (the modules above).
"""

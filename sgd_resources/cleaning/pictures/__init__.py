"""Cleans raster pictures: coded afresh, without what their makers left in them.

What must not live here: colours and words of a picture (`parsers/pictures`).
"""

"""Cleans Office and OpenDocument files: packages, macros and objects, people's traces, VML.

What must not live here: the words of a document (`parsers/office`), pictures inside (`cleaning/pictures`).
"""

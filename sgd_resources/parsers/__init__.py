"""Evidence bytes -> ParsedDocument: text, colours, fonts, pictures, each with its place. In the confined child.

A room per kind of file; `select` chooses, loose files are what several kinds share. What must not live here: what a
finding means for the brand (`sgd_assets/canon`), or taking anything out of a file (`cleaning`).
"""

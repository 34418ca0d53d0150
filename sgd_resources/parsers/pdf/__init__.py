"""PDFs: the document as a whole. `pages/` opens its pages, `ink/` reads what is painted, `text/` the words.

Each of the three may use those before it. What must not live here: pictures by themselves (`parsers/pictures`).
"""

"""How a document is laid out: headings above a block, labels above lists, cells of tables, words as printed.

What must not live here: what a colour, font, voice or logo rule is; the words of any language (`words`).
"""

"""What a PDF page paints: content streams, colour spaces, paths, swatches and what covers what.

What must not live here: reading order and tables of words (`text/`).
"""

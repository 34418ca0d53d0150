"""Written sources: Markdown, reStructuredText, AsciiDoc, LaTeX, plain text, with the lines they stand on.

What must not live here: HTML itself (`parsers/web`), palettes kept as data (`parsers/palettes`).
"""

"""HTML, SVG and style sheets: text with selectors, colours and fonts as a browser would resolve them.

What must not live here: notations of one colour (`parsers/colours`), Markdown (`parsers/markup`).
"""

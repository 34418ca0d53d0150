"""What draws: faces that shape text, the painter of composed SVG, previews. Runs in the confined child only.

`settle/` proves files before they are drawn with, `vectors/` writes the page of a PDF. What must not live here: what
stands where on a picture, storing anything, and code that runs outside the child.
"""

"""Parts of a layout: the canvas and its measures, the words with their places, the logo, the art panel, ornaments.

From a plan on its format to shapes and placements. What must not live here: whole arrangements (`compose/layouts/`).
"""

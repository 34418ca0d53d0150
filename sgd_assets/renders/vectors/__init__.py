"""The composition of a picture as vectors: an SVG, and a PDF with real text, and where they are kept.

From a scene to file bytes; the same scene gives the same bytes. What must not live here: any choice of what stands
where (`compose/`).
"""

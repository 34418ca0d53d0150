"""What a chain of faces cannot draw.

What must not live here: what becomes of it (`settable.py`).
"""

from sgd_resources.ports import FontFace

Faces = tuple[FontFace, ...]
"""In the order they are asked for a glyph."""


def missing_glyphs(text: str, faces: Faces) -> tuple[str, ...]:
    """Characters that no face can draw, once each."""
    lacking = faces[0].missing(text)
    for face in faces[1:]:
        if not lacking:
            break
        lacking = face.missing("".join(lacking))
    return lacking

"""Leaves out content streams that open marked content inside marked content without end.

For each mark the renderer copies all those around it, so that a stream of nothing but openings costs the square of its
length. What must not live here: layers, which marks may name (`layers.py`).
"""

import re
from collections.abc import Iterator

import pikepdf

_DEEPEST = 100
"""Tagged pages of real documents nest some ten."""
_MARK = re.compile(rb"(?<![A-Za-z0-9/(<])(?:B[MD]C|EMC)(?![A-Za-z0-9])")


def leave_out_deep_marks(structure: pikepdf.Pdf, *, page_limit: int) -> int:
    """Empty the pages and forms whose marks are nested too deep; returns how many there were."""
    found = 0
    for page in list(structure.pages)[:page_limit]:
        if _is_too_deep(page.obj.get("/Contents")):
            page.obj["/Contents"] = structure.make_stream(b"")
            found += 1
    for thing in structure.objects:
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == pikepdf.Name.Form and _is_too_deep(thing):
            thing.write(b"")
            found += 1
    return found


def _is_too_deep(content: pikepdf.Object | None) -> bool:
    depth = 0
    for part in _parts(content):
        for match in _MARK.finditer(part):
            depth = max(0, depth - 1) if match[0] == b"EMC" else depth + 1
            if depth > _DEEPEST:
                return True
    return False


def _parts(content: pikepdf.Object | None) -> Iterator[bytes]:
    """The decoded streams of a page or form, in turn; what cannot be decoded the renderer cannot read either."""
    streams = content if isinstance(content, pikepdf.Array) else [content]
    for stream in streams:
        if isinstance(stream, pikepdf.Stream):
            try:
                yield stream.read_bytes()
            except (pikepdf.PdfError, TypeError, ValueError):
                continue

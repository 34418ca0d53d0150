"""Finds what runs, calls out or hides files in a PDF.

Looks at every object in the file, so neither a page nor a name tree needs to lead to it. A link that a reader clicks
is not active content. What must not live here: removing it.
"""

import itertools
from typing import Any

import pikepdf

from sgd_resources.examination import EmbeddedPart, Limits

_ACTIVE_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/RichMediaExecute", "/Rendition",
     "/Movie", "/Sound"}
)  # fmt: skip
_ALSO_STRUCTURE = frozenset({"/Movie", "/Sound", "/Rendition"})
_ACTIVE_KEYS = frozenset(
    {"/JS", "/JavaScript", "/XFA", "/EmbeddedFiles", "/RichMediaContent", "/RichMediaSettings", "/EF"}
)
_ACTIVE_SUBTYPES = frozenset({"/RichMedia", "/FileAttachment", "/Movie", "/Screen", "/Sound", "/3D"})
_HARMLESS_AUTOMATIC = frozenset({"/GoTo", "/Named"})
_MAX_DEPTH = 60
_MAX_FINDINGS = 20


def active_findings(document: pikepdf.Pdf) -> list[str]:
    """What was found, in short names, sorted; empty for a PDF that only shows pages."""
    found: set[str] = set()
    for thing in itertools.chain(document.objects, [document.trailer]):
        _look(thing, found, 0)
        if len(found) >= _MAX_FINDINGS:
            break
    return sorted(found)


def embedded_parts(document: pikepdf.Pdf, limits: Limits) -> tuple[EmbeddedPart, ...]:
    """Every file embedded in the PDF, unpacked for the virus scanner, within the inflation bound."""
    parts: list[EmbeddedPart] = []
    total = 0
    for stream in _embedded_streams(document):
        try:
            data = stream.read_bytes()
        except pikepdf.PdfError:
            data = stream.read_raw_bytes()
        total += len(data)
        if total > limits.max_inflated_bytes:
            break
        parts.append(EmbeddedPart(f"attachment {len(parts) + 1}", data))
    return tuple(parts)


def _embedded_streams(document: pikepdf.Pdf) -> list[Any]:
    """Streams that call themselves embedded files or that a file specification points to, each once."""
    found: dict[tuple[int, int], Any] = {}
    for thing in document.objects:
        if isinstance(thing, pikepdf.Stream) and str(thing.get("/Type", "")) == "/EmbeddedFile":
            found[thing.objgen] = thing
        elif isinstance(thing, pikepdf.Dictionary) and isinstance(files := thing.get("/EF"), pikepdf.Dictionary):
            found |= {one.objgen: one for _, one in files.items() if isinstance(one, pikepdf.Stream)}
    return [found[key] for key in sorted(found)]


def _look(thing: Any, found: set[str], depth: int) -> None:
    """One object and what is written inside it; references are visited as objects of their own."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(thing, pikepdf.Array):
        for one in thing:
            if isinstance(one, pikepdf.Object) and not one.is_indirect:
                _look(one, found, depth + 1)
        return
    if isinstance(thing, pikepdf.Stream):
        _look_at_stream(thing, found)
    elif not isinstance(thing, pikepdf.Dictionary):
        return
    for key, value in thing.items():
        _look_at_entry(thing, key, value, found)
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            _look(value, found, depth + 1)


def _look_at_entry(holder: Any, key: str, value: Any, found: set[str]) -> None:
    if key in _ACTIVE_KEYS and not _is_nothing(value):
        found.add(key[1:])
    elif (
        key == "/S"
        and isinstance(value, pikepdf.Name)
        and str(value) in _ACTIVE_ACTIONS
        and _is_action(holder, str(value))
    ) or (key == "/Subtype" and isinstance(value, pikepdf.Name) and str(value) in _ACTIVE_SUBTYPES):
        found.add(str(value)[1:])
    elif key == "/OpenAction" and isinstance(value, pikepdf.Dictionary):
        _look_at_automatic(value, found)
    elif key == "/AA" and isinstance(value, pikepdf.Dictionary):
        for _, action in value.items():
            if isinstance(action, pikepdf.Dictionary):
                _look_at_automatic(action, found)


def _look_at_automatic(action: Any, found: set[str]) -> None:
    """What happens without a click may only move within the document."""
    kind = str(action.get("/S", "/GoTo"))
    if kind not in _HARMLESS_AUTOMATIC:
        found.add(f"automatic {kind[1:]}")


def _look_at_stream(stream: Any, found: set[str]) -> None:
    """A stream whose data lies in another file."""
    if ("/F" in stream and "/FFilter" in stream) or isinstance(stream.get("/F"), pikepdf.String | pikepdf.Dictionary):
        found.add("external stream")


def _is_action(holder: Any, kind: str) -> bool:
    """`/S` also names structure types, where an author may well have called a figure /Movie or /Sound."""
    is_structure = str(holder.get("/Type", "")) == "/StructElem" or ("/P" in holder and "/K" in holder)
    return not (is_structure and kind in _ALSO_STRUCTURE)


def _is_nothing(value: Any) -> bool:
    if isinstance(value, pikepdf.Dictionary):
        names = value.get("/Names")
        return isinstance(names, pikepdf.Array) and len(names) == 0 and "/Kids" not in value
    return value is None

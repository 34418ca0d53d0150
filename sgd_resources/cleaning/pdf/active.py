"""Finds what runs, calls out or hides files in a PDF.

Looks at every object in the file, so neither a page nor a name tree needs to lead to it. A link to a web page, which a
reader clicks, is not active content. What must not live here: removing it (`strip`).

Source: ISO 32000-2:2020, 12.6.4 (action types), 7.11 (file specifications), 7.7.4 (name dictionary).
"""

import itertools
from typing import Any

import pikepdf

from sgd_resources.ports.examination import EmbeddedPart, Limits

_ACTIVE_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/RichMediaExecute", "/Rendition",
     "/Movie", "/Sound", "/Thread", "/GoTo3DView"}
)  # fmt: skip
_OTHER_ACTIONS = frozenset({"/GoTo", "/GoToDp", "/URI", "/Named", "/Hide", "/ResetForm", "/SetOCGState", "/Trans"})
_ALSO_STRUCTURE = frozenset({"/Movie", "/Sound", "/Rendition", "/Thread"}) | _OTHER_ACTIONS
_ACTIVE_KEYS = frozenset(
    {"/JS", "/JavaScript", "/XFA", "/EmbeddedFiles", "/RichMediaContent", "/RichMediaSettings", "/EF"}
)
_RESOURCE_TYPES = frozenset({"/Font", "/XObject", "/ExtGState", "/Pattern", "/OCG", "/OCMD", "/FontDescriptor"})
_RESOURCE_SUBTYPES = frozenset({"/Form", "/Image", "/Type1", "/TrueType", "/Type0", "/Type3"})
ACTIVE_SUBTYPES = frozenset({"/RichMedia", "/FileAttachment", "/Movie", "/Screen", "/Sound", "/3D"})
_HARMLESS_AUTOMATIC = frozenset({"/GoTo", "/Named"})
MAX_DEPTH = 60  # real files nest some ten deep; bounds the recursion
_MAX_FINDINGS = 20  # enough to see what it is


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
    if depth > MAX_DEPTH:
        found.add("nested too deep to see")
        return
    if isinstance(thing, pikepdf.Array):
        for one in thing:
            if isinstance(one, pikepdf.Object) and not one.is_indirect:
                _look(one, found, depth + 1)
        return
    if isinstance(thing, pikepdf.Stream):
        if is_external_stream(thing):
            found.add("external stream")
    elif not isinstance(thing, pikepdf.Dictionary):
        return
    for key, value in thing.items():
        _look_at_entry(thing, key, value, found)
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            _look(value, found, depth + 1)


def _look_at_entry(holder: Any, key: str, value: Any, found: set[str]) -> None:
    if is_active_entry(key, value) and not is_nothing(value):
        found.add(key[1:])
    elif (key == "/S" and action_kind(holder) in _ACTIVE_ACTIONS) or (
        key == "/Subtype" and isinstance(value, pikepdf.Name) and str(value) in ACTIVE_SUBTYPES
    ):
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


def is_active_entry(key: str, value: Any) -> bool:
    """Whether a key brings code, files or media. A page may well call a font or a picture `/JS`: that is neither."""
    if key not in _ACTIVE_KEYS:
        return False
    if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return True
    kind, subtype = str(value.get("/Type", "")), str(value.get("/Subtype", ""))
    return kind not in _RESOURCE_TYPES and subtype not in _RESOURCE_SUBTYPES


def is_external_stream(stream: Any) -> bool:
    """Whether the stream's data lies in another file."""
    return ("/F" in stream and "/FFilter" in stream) or isinstance(
        stream.get("/F"), pikepdf.String | pikepdf.Dictionary
    )


def action_kind(holder: Any) -> str | None:
    """The kind of action that a dictionary is; None when it is none.

    `/S` also names structure types, where an author may well have called a figure /Movie or /Sound.
    """
    named = holder.get("/S")
    if not isinstance(named, pikepdf.Name):
        return None
    kind = str(named)
    is_structure = str(holder.get("/Type", "")) == "/StructElem" or ("/P" in holder and "/K" in holder)
    if (kind not in _ACTIVE_ACTIONS and kind not in _OTHER_ACTIONS) or (is_structure and kind in _ALSO_STRUCTURE):
        return None
    return kind


def is_nothing(value: Any) -> bool:
    """Whether a key leads to an empty name tree, as many writers leave behind."""
    if isinstance(value, pikepdf.Dictionary):
        names = value.get("/Names")
        return isinstance(names, pikepdf.Array) and len(names) == 0 and "/Kids" not in value
    return value is None

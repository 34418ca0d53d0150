"""Takes out of a PDF what runs, calls out or hides files; its pages stay as they are.

Works on every object of the open document, so neither a page nor a name tree needs to lead to it. What must not live
here: finding out whether anything is left (`active` looks again at what was written), makers' marks.
"""

import itertools
import re
from collections import Counter
from typing import Any

import pikepdf

from sgd_resources.cleaning.pdf.active import (
    ACTIVE_SUBTYPES,
    MAX_DEPTH,
    action_kind,
    is_active_entry,
    is_external_stream,
    is_nothing,
)

_PAGE_TURNS = frozenset({"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"})
_ACTION_KEYS = ("/A", "/PA", "/Next")
_EXTERNAL_KEYS = ("/F", "/FFilter", "/FDecodeParms")
_FETCHING_KEYS = ("/OPI", "/Ref", "/PS")
"""Of a picture or a drawing: the same in finer detail or of another file, and PostScript that a printer would run."""
_NAME_TREES = ("/JavaScript", "/EmbeddedFiles", "/Renditions", "/AlternatePresentations", "/URLS", "/IDS")
_SAFE_SCHEME = re.compile(rb"(?:https?|mailto|tel):", re.I)
_ANY_SCHEME = re.compile(rb"[^/?#]*:")
_ADDRESS = re.compile(rb"(?![/\\])[^\x00-\x20\x7f\\]+")
"""Spaces and controls are what readers drop when they look for the scheme: an address with one is not what it seems."""
_BYTE_ORDER_MARKS = (b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf")


def strip_active(document: pikepdf.Pdf) -> dict[str, int]:
    """How many of each kind were taken out; empty for a PDF that only shows pages."""
    removed: Counter[str] = Counter()
    for thing in _all_objects(document):
        _strip(thing, removed, 0)
    for thing in _all_objects(document):
        _drop_hollow(thing, 0)
    return dict(sorted(removed.items()))


def is_safe_link(action: Any) -> bool:
    """Whether a URI action leads to a web page, a mailbox or a telephone, or to a bare host name."""
    uri = action.get("/URI")
    if not isinstance(uri, pikepdf.String):
        return False
    address = bytes(uri).strip()
    if address.startswith(_BYTE_ORDER_MARKS) or not _ADDRESS.fullmatch(address):
        return False
    return _SAFE_SCHEME.match(address) is not None or _ANY_SCHEME.match(address) is None


def _all_objects(document: pikepdf.Pdf) -> "itertools.chain[Any]":
    return itertools.chain(list(document.objects), [document.trailer])


def _strip(thing: Any, removed: Counter[str], depth: int) -> None:
    """One object and what is written inside it; references are visited as objects of their own."""
    if depth > MAX_DEPTH:
        return
    if isinstance(thing, pikepdf.Array):
        for one in thing:
            if isinstance(one, pikepdf.Object) and not one.is_indirect:
                _strip(one, removed, depth + 1)
        return
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return
    if isinstance(thing, pikepdf.Stream):
        _strip_stream(thing, removed)
    elif (kind := _unwanted(thing)) is not None:
        _hollow(thing)
        removed[kind] += 1
        return
    for key in [key for key, value in thing.items() if is_active_entry(key, value)]:
        _drop(thing, key, removed)
    if str(thing.get("/Type", "")) == "/Catalog":
        _strip_catalogue(thing, removed)
    for _, value in list(thing.items()):
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            _strip(value, removed, depth + 1)


def _strip_stream(stream: Any, removed: Counter[str]) -> None:
    """Its own bytes stay; what would be read from another file instead is gone."""
    if is_external_stream(stream):
        removed["external stream"] += 1
        for key in _EXTERNAL_KEYS:
            if key in stream:
                del stream[key]
    for key in _FETCHING_KEYS:
        _drop(stream, key, removed)


def _strip_catalogue(catalogue: Any, removed: Counter[str]) -> None:
    for key in ("/URI", "/Collection"):
        _drop(catalogue, key, removed)
    names = catalogue.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        for key in _NAME_TREES:
            _drop(names, key, removed)


def _drop(holder: Any, key: str, removed: Counter[str]) -> None:
    if key not in holder:
        return
    if not is_nothing(holder[key]):
        removed[key[1:]] += 1
    del holder[key]


def _unwanted(thing: Any) -> str | None:
    """The kind of annotation or action that this dictionary is and must not be."""
    subtype = thing.get("/Subtype")
    if isinstance(subtype, pikepdf.Name) and str(subtype) in ACTIVE_SUBTYPES:
        return str(subtype)[1:]
    kind = action_kind(thing)
    if kind is None or kind == "/GoTo":
        return None
    if kind == "/Named":
        return None if str(thing.get("/N", "")) in _PAGE_TURNS else "Named"
    if kind == "/URI":
        return None if is_safe_link(thing) else "link"
    return kind[1:]


def _hollow(thing: Any) -> None:
    """Nothing is left in it, wherever else it is referred to."""
    for key in list(thing.keys()):
        del thing[key]


def _drop_hollow(thing: Any, depth: int) -> None:
    """References to what is hollow now: an empty action, an annotation that shows nothing."""
    if depth > MAX_DEPTH:
        return
    if isinstance(thing, pikepdf.Array):
        children = [one for one in thing if isinstance(one, pikepdf.Object)]
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key in _ACTION_KEYS:
            if key in thing and _is_hollow(thing[key]):
                del thing[key]
        for key in ("/Annots", "/Next"):
            if isinstance(found := thing.get(key), pikepdf.Array):
                _drop_hollow_entries(found)
        children = [value for _, value in thing.items() if isinstance(value, pikepdf.Object)]
    else:
        return
    for child in children:
        if not child.is_indirect:
            _drop_hollow(child, depth + 1)


def _drop_hollow_entries(entries: Any) -> None:
    for index in range(len(entries) - 1, -1, -1):
        if _is_hollow(entries[index]):
            del entries[index]


def _is_hollow(value: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary) and len(value.keys()) == 0

"""JSON -> XML, one way for every document: well-formed, in a stable order, readable back without loss.

    an object's field    an element of its name; <entry name="..."> where the name is no XML name
    an array's item      <item>; the type of the element around it tells it from a field of that name
    what a value is      the attribute type: object, array, string, number, boolean or null
    order                the fields the answer names first, as it names them; those of free objects by name

What must not live here: what the fields mean.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

_NAME = re.compile(r"\A(?!(?i:xml))[A-Za-z_][A-Za-z0-9_.-]*\Z")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACEMENT = "\ufffd"
"""In place of characters that no XML document can hold, such as U+0007."""


def to_xml(document: Mapping[str, Any], *, root: str = "analysis", ordered: Sequence[str] = ()) -> str:
    """The document as XML 1.0, UTF-8.

    Args:
        document: JSON data.
        root: name of its element.
        ordered: fields of the document that come first, in this order.
    """
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n']
    parts += _element(root, "", document, ordered)
    return "".join(parts) + "\n"


def _element(name: str, attributes: str, value: Any, ordered: Sequence[str] = ()) -> Iterable[str]:
    kind = _kind(value)
    opened = f'<{name}{attributes} type="{kind}"'
    if value is None or value in ("", [], {}):
        yield f"{opened}/>"
        return
    yield f"{opened}>"
    if kind == "object":
        for field in _order(value, ordered):
            yield from _field(field, value[field])
    elif kind == "array":
        for item in value:
            yield from _element("item", "", item)
    else:
        yield _text(value)
    yield f"</{name}>"


def _field(name: str, value: Any) -> Iterable[str]:
    if _NAME.match(name):
        return _element(name, "", value)
    return _element(
        "entry", f" name={quoteattr(_clean(name), {chr(10): '&#10;', chr(13): '&#13;', chr(9): '&#9;'})}", value
    )


def _order(value: Mapping[str, Any], ordered: Sequence[str]) -> list[str]:
    first = [name for name in ordered if name in value]
    return [*first, *sorted(name for name in value if name not in set(first))]


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list | tuple) else "object"


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    # A bare carriage return would be read back as a line feed.
    return escape(_clean(str(value)), {"\r": "&#13;"})


def _clean(text: str) -> str:
    return _NOT_XML.sub(REPLACEMENT, text)

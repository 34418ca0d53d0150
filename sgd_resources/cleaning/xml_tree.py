"""Reads XML of strangers: no entities, no DTD, no network, bounded depth and size.

One decoding decides what every later step sees: the text is decoded here, from the byte order mark or the
declaration, and the parser gets UTF-8. What must not live here: what the elements mean.
"""

import re
from collections.abc import Sequence
from html.entities import html5
from typing import Any, NoReturn

from lxml import etree

from sgd_resources.cleaning.refusal import bomb, reject
from sgd_resources.ports.examination import Limits

_DECLARATION = re.compile(r"\s*<\?xml\b([^>]*?)\?>", re.I)
_ENCODING = re.compile(r"encoding\s*=\s*[\"']([^\"']*)[\"']", re.I)
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^\[>]*+(?:\[(?P<subset>[^\]]*+)\]\s*+)?+>", re.I | re.S)
_PLAIN_ENTITY = re.compile(r"\s*<!ENTITY\s+([A-Za-z_][\w.-]{0,60})\s+(?:\"([^\"]*)\"|'([^']*)')\s*>", re.S)
_NAMESPACE_NAME = re.compile(r"https?://[A-Za-z0-9./_#-]{1,200}\Z")
_STYLE_ENTITY = re.compile(r"(?:\s*[a-z-]{2,30}\s*:\s*[A-Za-z0-9#.,()%'\s-]{1,100};?)+\s*\Z")
"""`<!ENTITY st0 "fill:#E4572E;">`, which Illustrator writes for the style attributes below."""
_REFERENCE = re.compile(r"&([A-Za-z_][\w.-]{0,60});")
_OF_XML = frozenset(("lt", "gt", "amp", "quot", "apos"))
_UNDECLARED = re.compile(r"Namespace prefix ([A-Za-z_][\w.-]{0,60}) (?:for [^ ]+ on [^ ]+|on [^ ]+) is not defined")
_ROOT_NAME = re.compile(r"(?:\s|<!--(?:(?!-->).)*-->|<\?(?:(?!\?>).)*\?>)*<[A-Za-z_][\w.:-]*", re.S)
_KNOWN_PREFIXES = {"xlink": "http://www.w3.org/1999/xlink", "svg": "http://www.w3.org/2000/svg"}
_PLAIN_ENCODINGS = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "utf-8", "ascii": "utf-8",
    "iso-8859-1": "latin-1", "latin1": "latin-1", "latin-1": "latin-1", "windows-1252": "cp1252", "cp1252": "cp1252",
}  # fmt: skip
_MAX_ENTITIES = 60  # Illustrator writes about ten for namespaces, and one for each style
_LONGEST_STYLE = 400
_MOST_WRITTEN_OUT = 1_000_000  # characters; a longer drawing may double


def parse_xml(data: bytes, limits: Limits, *, max_nodes: int | None = None) -> tuple[Any, list[str]]:
    """The root element and notes on what was dropped or mended ('doctype', 'entities_written_out', 'prefixes').

    Comments and processing instructions are gone. A document type without declarations is dropped; the entities that a
    drawing program declares for namespace names and style attributes are written out, as are HTML's named characters;
    any other declaration is refused. A prefix that is nowhere declared, as hand-cleaned files have, gets a name.

    Raises:
        RejectedEvidence: `reject:entities`, `reject:encoding`, `reject:malformed`, `reject:bomb`.
    """
    text, notes = _without_doctype(_decoded(data))
    text = _REFERENCE.sub(_named_character, text)
    parser = _parser()
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        declared = _with_prefixes_declared(text, [fault.message for fault in parser.error_log])
        if declared is None:
            _refuse(error, limits)
        try:
            root = etree.fromstring(declared.encode("utf-8"), _parser())
        except etree.XMLSyntaxError as still:
            _refuse(still, limits)
        notes = [*notes, "prefixes"]
    except ValueError:
        reject("malformed", message="not XML")
    _check_bounds(root, limits, max_nodes or limits.max_xml_nodes)
    return root, notes


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True, recover=False,
    )  # fmt: skip


def _refuse(error: etree.XMLSyntaxError, limits: Limits) -> NoReturn:
    if "depth" in str(error).lower():
        reject("bomb", message=f"XML nested deeper than its reader goes; at most {limits.max_xml_depth} deep is read")
    reject("malformed", message="not well-formed XML", line=error.lineno)


def _named_character(found: re.Match[str]) -> str:
    """HTML's `&nbsp;` and the like by number; what XML itself knows, or nobody, stays."""
    characters = html5.get(f"{found[1]};") if found[1] not in _OF_XML else None
    return "".join(f"&#{ord(one)};" for one in characters) if characters else found[0]


def _with_prefixes_declared(text: str, faults: Sequence[str]) -> str | None:
    """The text with each prefix that its reader missed declared on the root; None where that is not its fault.

    `faults` are those of this one parser: the log that an error of lxml carries goes on from one file to the next.
    """
    missing = [_UNDECLARED.match(fault) for fault in faults]
    root = _ROOT_NAME.match(text)
    if root is None or not faults or not all(missing):
        return None
    prefixes = dict.fromkeys(found[1] for found in missing if found)
    names = (f' xmlns:{prefix}="{_KNOWN_PREFIXES.get(prefix, f"urn:undeclared:{prefix}")}"' for prefix in prefixes)
    return text[: root.end()] + "".join(names) + text[root.end() :]


def parse_broken_xml(data: bytes) -> Any | None:
    """What a lenient reader would make of broken markup, to look for commands in it; None when it makes nothing."""
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _decoded(data: bytes) -> str:
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = data.decode("utf-16")
        elif data.startswith(b"\xef\xbb\xbf"):
            text = data.decode("utf-8-sig")
        else:
            text = data.decode(_declared_encoding(data))
    except (UnicodeDecodeError, LookupError):
        reject("encoding", message="the bytes are not in the encoding they claim")
    declaration = _DECLARATION.match(text)
    return _breaks(text[: declaration.end()]) + text[declaration.end() :] if declaration else text


def _breaks(text: str) -> str:
    """The line breaks of what is cut, so that everything behind it keeps its line."""
    return "\n" * text.count("\n")


def _declared_encoding(data: bytes) -> str:
    declaration = _DECLARATION.match(data[:400].decode("latin-1"))
    found = _ENCODING.search(declaration.group(1)) if declaration else None
    if found is None:
        return "utf-8"
    name = found.group(1).strip().lower()
    if name not in _PLAIN_ENCODINGS:
        reject("encoding", message="an encoding that can hide markup", encoding=name[:40])
    return _PLAIN_ENCODINGS[name]


def _without_doctype(text: str) -> tuple[str, list[str]]:
    if "<!ENTITY" in text.upper() and "<!DOCTYPE" not in text.upper():
        reject("malformed", message="an entity outside a document type")
    found = _DOCTYPE.search(text)
    if found is None:
        if "<!DOCTYPE" in text.upper():
            reject("entities", message="a document type that cannot be read")
        return text, []
    rest = text[: found.start()] + _breaks(found.group()) + text[found.end() :]
    if "<!DOCTYPE" in rest.upper():
        reject("malformed", message="two document types")
    subset = (found.group("subset") or "").strip()
    if not subset:
        return rest, ["doctype"]
    return _with_entities_written_out(rest, subset), ["doctype", "entities_written_out"]


def _with_entities_written_out(text: str, subset: str) -> str:
    """Drawing programs declare `<!ENTITY ns_svg "http://...">` for xmlns attributes, and styles; nothing else passes.

    A value holds no reference itself, so that writing them out is one pass, bounded by the values' length.
    """
    values: dict[str, str] = {}
    at = 0
    while at < len(subset.rstrip()):
        found = _PLAIN_ENTITY.match(subset, at)
        value = (found.group(2) or found.group(3) or "") if found else ""
        if found is None or not _is_plain(value) or len(values) >= _MAX_ENTITIES:
            reject("entities", message="a document type with declarations")
        values[found.group(1)] = value
        at = found.end()
    written = sum(len(values.get(found[1], "")) for found in _REFERENCE.finditer(text))
    if written > max(_MOST_WRITTEN_OUT, len(text)):
        reject("entities", message="entities that make a drawing many times as long")
    return _REFERENCE.sub(lambda one: values.get(one.group(1), one.group(0)), text)


def _is_plain(value: str) -> bool:
    if _NAMESPACE_NAME.match(value):
        return True
    return len(value) <= _LONGEST_STYLE and _STYLE_ENTITY.match(value) is not None


def _check_bounds(root: Any, limits: Limits, max_nodes: int) -> None:
    depth = nodes = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start":
            nodes += 1
            if not isinstance(element.tag, str):
                reject("entities", message="an entity reference")
        if depth > limits.max_xml_depth:
            bomb("elements inside each other", depth, limits.max_xml_depth, depth=depth, nodes=nodes)
        if nodes > max_nodes:
            bomb("elements", nodes, max_nodes, depth=depth, nodes=nodes)

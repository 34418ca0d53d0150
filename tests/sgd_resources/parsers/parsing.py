"""Parses bytes that a test made, as the product would."""

import hashlib

from sgd_resources.parsed_document import ColourUse, ParsedDocument
from sgd_resources.parsers.select import LocalParser
from sgd_resources.ports import ParseRequest


def parse(data: bytes | str, media_type: str, suffix: str = "") -> ParsedDocument:
    raw = data.encode() if isinstance(data, str) else data
    return LocalParser().parse(ParseRequest(hashlib.sha256(raw).hexdigest(), media_type, raw, suffix))


def hexes(document: ParsedDocument, *sources: str) -> list[str]:
    return [use.hex for use in document.colours if not sources or use.source in sources]


def only(document: ParsedDocument, hex_value: str, *sources: str) -> ColourUse:
    found = [use for use in document.colours if use.hex == hex_value and (not sources or use.source in sources)]
    assert len(found) == 1, found
    return found[0]

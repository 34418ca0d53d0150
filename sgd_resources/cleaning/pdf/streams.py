"""Counts what a PDF's streams inflate to, before anything else reads them.

Each Flate layer is inflated in small steps against one budget for the whole file, so a bomb costs no memory. What
must not live here: decoding for use.
"""

import base64
import binascii
import zlib
from typing import Any

import pikepdf

from sgd_resources.cleaning.refusal import bomb
from sgd_resources.ports.examination import Limits

_STEP_BYTES = 1 << 20  # counted a step at a time, so that a bomb is met before it is held
FLATE = frozenset({"/FlateDecode", "/Fl"})
_MAX_LAYERS = 6  # real streams have one or two filters
_UNCHECKED_RATIO = 8
"""LZW and run-length data is charged at this ratio of its raw size per layer when it stands before a Flate layer."""


def check_streams(document: pikepdf.Pdf, limits: Limits) -> int:
    """Bytes that all streams inflate to.

    Raises:
        RejectedEvidence: `reject:bomb` when the budget is passed, or an image claims too many pixels.
    """
    total = 0
    for thing in document.objects:
        if not isinstance(thing, pikepdf.Stream):
            continue
        _check_image(thing, limits)
        total += _inflated_size(thing, limits.max_inflated_bytes - total)
        if total > limits.max_inflated_bytes:
            most = limits.max_inflated_bytes
            bomb("bytes unpacked", total, most, inflated_bytes=total, max_inflated_bytes=most)
    return total


def _check_image(stream: Any, limits: Limits) -> None:
    if str(stream.get("/Subtype", "")) != "/Image":
        return
    try:
        pixels = int(stream.get("/Width", 0)) * int(stream.get("/Height", 0))
    except (TypeError, ValueError):
        return
    if pixels > limits.max_pixels * 2:
        bomb("megapixels in a picture inside", pixels / 1e6, limits.max_pixels * 2 / 1e6, pixels=pixels)


def _inflated_size(stream: Any, budget: int) -> int:
    """Charged for every layer, so that nested compression cannot hide its middle."""
    try:
        filters = filter_names(stream)
        if not any(name in FLATE for name in filters[:_MAX_LAYERS]):
            return int(stream.get("/Length", 0)) if isinstance(stream.get("/Length", 0), int) else 0
        raw = stream.read_raw_bytes()
    except (pikepdf.PdfError, TypeError, ValueError):
        return 0
    if len(filters) > _MAX_LAYERS:
        bomb("filters on one stream", len(filters), _MAX_LAYERS, filters=len(filters))
    return _count_layers(raw, filters, budget)


def _count_layers(raw: bytes, filters: list[str], budget: int) -> int:
    if len(filters) == 1:
        return _count_flate(raw, budget)
    total = 0
    data: bytes | None = raw
    for name in filters:
        if data is None:
            return total
        if name in FLATE:
            data = _inflate(data, budget - total)
            total += len(data)
            if total > budget:
                return total
        else:
            data = _decoded_ascii(name, data)
            total += len(raw) * _UNCHECKED_RATIO if data is None else len(data)
    return total


def _count_flate(raw: bytes, budget: int) -> int:
    inflater = zlib.decompressobj()
    total = 0
    pending = raw
    while pending and total <= budget:
        try:
            total += len(inflater.decompress(pending, _STEP_BYTES))
        except zlib.error:
            return total
        pending = inflater.unconsumed_tail
    return total


def _inflate(raw: bytes, budget: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(raw, max(1, budget) + 1)
    except zlib.error:
        return b""


def _decoded_ascii(name: str, data: bytes) -> bytes | None:
    """The two text encodings, exactly; None for a filter whose output is an image or is not known."""
    try:
        if name in ("/ASCIIHexDecode", "/AHx"):
            return binascii.unhexlify(b"".join(data.split(b">")[0].split()))
        if name in ("/ASCII85Decode", "/A85"):
            return base64.a85decode(data.split(b"~>")[0].strip().removeprefix(b"<~"))
    except ValueError:
        return b""
    return None


def filter_names(stream: Any) -> list[str]:
    """The stream's filters, outermost first."""
    found = stream.get("/Filter")
    if found is None:
        return []
    if isinstance(found, pikepdf.Array):
        return [str(one) for one in found]
    return [str(found)]

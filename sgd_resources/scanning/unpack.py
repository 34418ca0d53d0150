"""Takes an upload apart for the scanner: members of archives, streams and scripts of PDFs, base64 in text.

Bounded by the same limits as cleaning; what cannot be unpacked is scanned as it is, for the cleaner judges damage.
What must not live here: rules, judging.
"""

import base64
import binascii
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf

from sgd_resources.cleaning.pdf.streams import check_streams, filter_names
from sgd_resources.cleaning.refusal import bomb
from sgd_resources.ports.examination import EmbeddedPart, Limits

_MAX_DEPTH = 5
_STEP_BYTES = 1 << 20
_PIECE_BYTES = 32_000_000
_OVERLAP_BYTES = 4096
"""Longer than anything that a rule describes."""
_GZIP = b"\x1f\x8b\x08"
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{44,}+(?:\r?\n[A-Za-z0-9+/]{4,}+)*+={0,2}")
"""The shortest run that can hold a program's header or half of the test file; folded as mail folds it."""
_MAX_BASE64_RUNS = 2000
_MARKUP_BYTES = 20_000_000
"""Text is searched for base64 up to here; more words than that no page has."""
_SCRIPT_KEYS = ("/JS", "/URI", "/F", "/P", "/Win", "/UF")
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, LookupError,
    TypeError,
)  # fmt: skip


def everything_in(data: bytes, media_type: str, limits: Limits) -> Iterator[EmbeddedPart]:
    """The upload itself, then what is inside it, outermost first.

    Raises:
        RejectedEvidence: `reject:bomb` (bytes, entries or nesting over the bounds).
    """
    yield EmbeddedPart("file", data)
    budget = _Budget(limits)
    yield from _inside(data, "", media_type, budget, 1)


class _Budget:
    """What may still be unpacked."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._bytes_left = limits.max_inflated_bytes
        self._parts_left = limits.max_archive_entries + limits.max_pdf_objects

    @property
    def bytes_left(self) -> int:
        return self._bytes_left

    def spend(self, n_bytes: int) -> None:
        self._bytes_left -= n_bytes
        self._parts_left -= 1
        if self._bytes_left < 0:
            most = self.limits.max_inflated_bytes
            bomb("bytes unpacked", most - self._bytes_left, most)
        if self._parts_left < 0:
            most = self.limits.max_archive_entries + self.limits.max_pdf_objects
            bomb("parts inside", most - self._parts_left, most)


def _inside(data: bytes, path: str, media_type: str, budget: _Budget, depth: int) -> Iterator[EmbeddedPart]:
    if depth > _MAX_DEPTH:
        bomb("archives inside each other", depth, _MAX_DEPTH)
    if data.startswith(b"PK\x03\x04"):
        parts = _zip_members(data, path, budget)
    elif data.startswith(_GZIP):
        parts = _gunzipped(data, path, budget)
    elif b"%PDF-" in data[:1024]:
        parts = _pdf_parts(data, path, budget)
    else:
        parts = _base64_runs(data, path, budget) if _may_be_text(data, media_type) else iter(())
    for part in parts:
        yield part
        yield from _inside(part.data, f"{part.name} > ", media_type, budget, depth + 1)


def _may_be_text(data: bytes, media_type: str) -> bool:
    return b"\x00" not in data[:4096] and not (media_type.startswith(("image/", "font/")) and "svg" not in media_type)


def _zip_members(data: bytes, path: str, budget: _Budget) -> Iterator[EmbeddedPart]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                if not info.is_dir():
                    yield EmbeddedPart(f"{path}{info.filename}", _member(archive, info, budget))
    except _DAMAGED:
        return


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget) -> bytes:
    """What can be had of a member; one that is damaged in its middle is scanned up to there."""
    chunks: list[bytes] = []
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(_STEP_BYTES):
                budget.spend(len(chunk))
                chunks.append(chunk)
    except _DAMAGED:
        pass
    return b"".join(chunks)


def _gunzipped(data: bytes, path: str, budget: _Budget) -> Iterator[EmbeddedPart]:
    inflater = zlib.decompressobj(wbits=31)
    try:
        found = inflater.decompress(data, budget.bytes_left + 1)
    except zlib.error:
        return
    budget.spend(len(found))
    yield EmbeddedPart(f"{path}gzip", found)


def _base64_runs(data: bytes, path: str, budget: _Budget) -> Iterator[EmbeddedPart]:
    for number, found in enumerate(_BASE64.finditer(data[:_MARKUP_BYTES]), 1):
        if number > _MAX_BASE64_RUNS:
            return
        run = b"".join(found.group().split()).rstrip(b"=")
        try:
            decoded = base64.b64decode(run[: len(run) - (len(run) % 4 == 1)] + b"==="[: -len(run) % 4])
        except binascii.Error:
            continue
        budget.spend(len(decoded))
        yield EmbeddedPart(f"{path}base64 {number}", decoded)


def _pdf_parts(data: bytes, path: str, budget: _Budget) -> Iterator[EmbeddedPart]:
    try:
        document = pikepdf.open(io.BytesIO(data), suppress_warnings=True)
    except (pikepdf.PdfError, pikepdf.PasswordError, *_DAMAGED):
        return
    with document:
        check_streams(document, budget.limits)
        words: list[bytes] = []
        for thing in document.objects:
            if isinstance(thing, pikepdf.Stream):
                number = thing.objgen[0]
                for piece in _pieces(thing):
                    budget.spend(len(piece))
                    yield EmbeddedPart(f"{path}stream {number}", piece)
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                words += _script_words(thing, 0)
        if words:
            yield EmbeddedPart(f"{path}scripts and addresses", b"\n".join(words))


def _pieces(stream: Any) -> Iterator[bytes]:
    """The stream decoded; a large one in pieces that overlap, so that a scanned picture is never held whole."""
    if filter_names(stream) not in (["/FlateDecode"], ["/Fl"]):
        yield _decoded(stream)
        return
    inflater, pending, before = zlib.decompressobj(), stream.read_raw_bytes(), b""
    while pending:
        try:
            piece = inflater.decompress(pending, _PIECE_BYTES)
        except zlib.error:
            yield _decoded(stream)
            return
        pending = inflater.unconsumed_tail
        if not before and not pending:
            yield _decoded(stream)
            return
        yield before + piece
        before = piece[-_OVERLAP_BYTES:]


def _decoded(stream: Any) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except (pikepdf.PdfError, *_DAMAGED):
        return bytes(stream.read_raw_bytes())


def _script_words(thing: Any, depth: int) -> list[bytes]:
    """What is written as a string where a script, a file or an address stands; object streams hide it from the file."""
    if depth > _MAX_DEPTH:
        return []
    words = []
    for key, value in thing.items():
        if key in _SCRIPT_KEYS and isinstance(value, pikepdf.String):
            words += [bytes(value), str(value).encode("utf-8", "replace")]
        elif isinstance(value, pikepdf.Dictionary) and not value.is_indirect:
            words += _script_words(value, depth + 1)
    return words

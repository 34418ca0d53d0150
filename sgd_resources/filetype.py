"""What some bytes are, judged from the bytes alone.

Our own signatures and container inspection name the formats we let in (libmagic guesses at zip containers and SVG);
libmagic names everything else, so that a refusal can say what the file really is. Runs inside the sandbox's child.
What must not live here: whether a type is allowed, cleaning.
"""

import importlib
import io
import json
import re
import struct
import zipfile
import zlib
from functools import lru_cache
from typing import Any

import webencodings

from sgd_resources.ports.examination import Detection

OOXML = "application/vnd.openxmlformats-officedocument."
DOCX = f"{OOXML}wordprocessingml.document"
PPTX = f"{OOXML}presentationml.presentation"
XLSX = f"{OOXML}spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODP = "application/vnd.oasis.opendocument.presentation"
THMX = "application/vnd.ms-officetheme"
ASE = "application/x-adobe-ase"
ENCRYPTED_OFFICE = "application/x-encrypted-office"

_HEAD = 65_536
_PDF_HEADER_WINDOW = 1024
"""Readers find `%PDF-` in the first 1024 bytes. Source: ISO 32000-1 implementation notes, annex H.3.4.1."""
_GZIP = b"\x1f\x8b\x08"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN_PARTS = {
    f"{DOCX}.main+xml": DOCX,
    f"{OOXML}wordprocessingml.template.main+xml": DOCX,
    "application/vnd.ms-word.document.macroEnabled.main+xml": DOCX,
    f"{PPTX}.main+xml": PPTX,
    f"{OOXML}presentationml.slideshow.main+xml": PPTX,
    f"{OOXML}presentationml.template.main+xml": PPTX,
    "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml": PPTX,
    f"{XLSX}.main+xml": XLSX,
    f"{OOXML}spreadsheetml.template.main+xml": XLSX,
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": XLSX,
    f"{OOXML}themeManager+xml": THMX,
}
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"OTTO", "font/otf"),
    (b"\x00\x01\x00\x00", "font/ttf"),
    (b"true", "font/ttf"),
    (b"ASEF\x00", ASE),
)
_PROLOGUE = r"\s*+(?:(?>(?:<\?.*?\?>|<!--.*?-->))\s*+)*+"
"""Atomic throughout: thousands of unclosed openings must not make the match try every way to pair them."""
_HTML_START = re.compile(_PROLOGUE + r"<(?:!doctype\s+html|html|head|body)[\s>]", re.I | re.S)
_XML_ROOT = re.compile(
    _PROLOGUE
    + r"(?:<!DOCTYPE(?:[^\[>]|\[[^\]]*+\])*+>\s*+)?+(?:(?>(?:<\?.*?\?>|<!--.*?-->))\s*+)*+"
    + r"<([A-Za-z_][\w.-]*+:)?([A-Za-z_][\w.-]*+)[\s/>]",
    re.I | re.S,
)
_SCRIPT_HEADS = ("#!", "<?php", "%!ps", "mime-version:", "{\\rtf", "push graphic-context")


def detect(data: bytes) -> Detection:
    """What the bytes are. Never raises, whatever they are; the empty string is 'application/x-empty'."""
    if not data:
        return Detection("application/x-empty")
    for signature, media_type in _SIGNATURES:
        if data.startswith(signature):
            return _checked_signature(data, media_type)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Detection("image/webp")
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zip_container(data)
    if data.startswith(_OLE):
        return _ole_container(data)
    if data.startswith(_GZIP):
        return _packed(data)
    if b"%PDF-" in data[:_PDF_HEADER_WINDOW]:
        return _pdf(data)
    text = decoded_text(data)
    if text is None:
        return Detection(_libmagic(data), note="by libmagic")
    return _text(data, text)


def decoded_text(data: bytes) -> str | None:
    """The bytes as text (UTF-8, UTF-16 or -32 with a mark, else as they declare, else Windows-1252), or None when they
    are binary."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                return None
            return None if "\x00" in text else text.removeprefix("\ufeff")
    if b"\x00" in data:
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _as_declared(data) or data.decode("windows-1252", "replace")
    controls = len(_CONTROLS.findall(text))
    return None if controls > len(text) // 100 else text


def is_json(text: str) -> bool:
    """Whether the text is strict JSON (no NaN, no duplicate keys, nesting the reader survives)."""
    try:
        json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_unique_keys)
    except (ValueError, RecursionError):
        return False
    return True


_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,30})|\A\s*@charset\s+[\"']([A-Za-z0-9_-]{1,30})", re.I
)
_LEGACY_ENCODINGS = frozenset(
    {"shift_jis", "euc-jp", "gbk", "gb18030", "big5", "euc-kr", "koi8-r", "koi8-u", "macintosh", "ibm866"}
    | {f"windows-{number}" for number in (874, *range(1250, 1259))}
    | {f"iso-8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)}
)
"""Encodings in which ASCII means ASCII. Those that switch state (ISO-2022, UTF-7) can hide markup and are not read."""


def _as_declared(data: bytes) -> str | None:
    """The text in the old encoding that its first lines declare; None where they declare none that is safe to read."""
    declared = _DECLARED.search(data[:2048])
    encoding = webencodings.lookup((declared[1] or declared[2]).decode("ascii")) if declared else None
    if encoding is None or encoding.name not in _LEGACY_ENCODINGS:
        return None
    text: str = encoding.codec_info.decode(data, "replace")[0]
    return text


_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f\ufffd]")


def _checked_signature(data: bytes, media_type: str) -> Detection:
    """A font's four-byte signature is weak: text may start with 'true'."""
    if media_type.startswith("font/") and len(data) < 12:
        return Detection("application/octet-stream", note="too short for a font")
    if data.startswith(b"true") and decoded_text(data) is not None:
        return _text(data, decoded_text(data) or "")
    return Detection(media_type)


def _pdf(data: bytes) -> Detection:
    """Junk before the header is tolerated by readers, unless it makes the file something else too."""
    lead = data[: data.index(b"%PDF-")]
    if lead.strip() and (looks_like_another_format(lead) or _libmagic(data[:_HEAD]) not in _HARMLESS_LEADS):
        return Detection("application/x-polyglot", note="another format before the PDF header")
    return Detection("application/pdf")


_DAMAGED_ZIP = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, ValueError, OSError, EOFError,
    KeyError, IndexError,
)  # fmt: skip
_HARMLESS_LEADS = frozenset({"application/pdf", "text/plain", "application/octet-stream"})
_OTHER_FORMAT = re.compile(
    rb"PK\x03\x04|<script|<!doctype|<html|<\?php|<svg|<iframe|#!/|\x7fELF|MZ[\x00-\xff]{2}\x00|%!PS|\xca\xfe\xba\xbe|Rar!\x1a|7z\xbc\xaf",
    re.I,
)


def looks_like_another_format(extra: bytes) -> bool:
    """Whether bytes that should not be there (before or after a file's own) start or hold another format."""
    return _OTHER_FORMAT.search(extra) is not None


def _zip_container(data: bytes) -> Detection:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" in names:
                return _ooxml(archive, names)
            first = archive.infolist()[0] if names else None
            if first is not None and first.filename == "mimetype" and first.file_size < 200:
                return Detection(archive.read(first).decode("ascii", "replace").strip().lower(), note="opendocument")
    except _DAMAGED_ZIP as error:
        return Detection("application/zip", note=f"damaged archive: {type(error).__name__}")
    except RuntimeError:
        return Detection(ENCRYPTED_OFFICE, note="encrypted zip entries")
    return Detection("application/zip")


def _ooxml(archive: zipfile.ZipFile, names: set[str]) -> Detection:
    """The main part's content type says which of the three it is; the part's folder is not asked."""
    member = archive.getinfo("[Content_Types].xml")
    if member.flag_bits & 0x1:
        return Detection(ENCRYPTED_OFFICE, note="encrypted zip entries")
    with archive.open(member) as stream:
        listing = stream.read(2_000_000).decode("utf-8", "replace")
    for content_type in re.findall(r"ContentType\s*=\s*[\"']([^\"']+)[\"']", listing):
        if content_type in _MAIN_PARTS:
            return Detection(_MAIN_PARTS[content_type], note="office open xml")
    return Detection("application/zip", note="a package without a main part")


def _packed(data: bytes) -> Detection:
    """Of all packed files only a drawing (`.svgz`) is let in: SVG's own second form. Source: SVG 1.1, 1.2."""
    try:
        head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, _HEAD)
    except zlib.error:
        return Detection("application/gzip", note="damaged")
    root = _XML_ROOT.match((decoded_text(head) or "").lstrip("\ufeff"))
    is_drawing = root is not None and root.group(2) == "svg"
    return Detection("image/svg+xml", note="packed") if is_drawing else Detection("application/gzip")


def _ole_container(data: bytes) -> Detection:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Detection(ENCRYPTED_OFFICE, note="an encrypted package in an OLE container")
    return Detection(_libmagic(data) if len(data) >= 512 else "application/x-ole-storage", note="OLE container")


def _text(data: bytes, text: str) -> Detection:
    head = text[:_HEAD]
    lowered = head.lstrip("\ufeff \t\r\n").lower()
    if lowered.startswith(_SCRIPT_HEADS):
        return Detection(_script_type(data), note="a script or printer program")
    root = _XML_ROOT.match(head)
    if root is not None and root.group(2) == "svg":
        return Detection("image/svg+xml", is_text=True)
    if _HTML_START.match(head):
        return Detection("text/html", is_text=True)
    if head.lstrip("\ufeff \t\r\n").startswith("<?xml"):
        return Detection("application/xml", note=f"root element {root.group(2)}" if root else "")
    if "multipart/related" in lowered[:2000] and "content-type:" in lowered[:2000]:
        return Detection("message/rfc822", note="a web archive")
    return Detection("text/plain", is_text=True)


def _script_type(data: bytes) -> str:
    found = _libmagic(data)
    return found if found not in ("text/plain", "text/html") else "text/x-script"


def _libmagic(data: bytes) -> str:
    found = _magic().from_buffer(data[:_HEAD])
    assert isinstance(found, str)
    return found


@lru_cache(maxsize=1)
def _magic() -> Any:
    # Loaded first: it points python-magic at the libmagic inside its wheel.
    importlib.import_module("pylibmagic")
    magic = importlib.import_module("magic")

    return magic.Magic(mime=True)


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found

"""What must hold of a file's inspection, whatever the verdict. One function per invariant of the manifest.

Written against the words of the invariant, not against the cleaners: it reads the served bytes with its own eyes.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pikepdf
from lxml import etree
from PIL import Image, ImageOps

from sgd_assets.evidence.gate import Inspection
from sgd_resources.filetype import detect
from sgd_resources.storage.keys import evidence_key, quarantine_key
from tests.hostile.hostile_set import Entry

MAX_WALL_S = 10.0
MAX_RSS_BYTES = 1_000_000_000


@dataclass(frozen=True)
class Observed:
    """An inspection with what it cost and what held the child back."""

    entry: Entry
    inspection: Inspection
    wall_s: float
    peak_bytes: int
    base_bytes: int
    confinement: dict[str, Any]

    @property
    def served(self) -> bytes | None:
        """The bytes that would become evidence."""
        return self.inspection.clean_bytes


def broken(observed: Observed) -> list[str]:
    """Names of the entry's invariants that do not hold."""
    return [name for name in observed.entry.invariants if not _holds(name, observed)]


def _holds(name: str, observed: Observed) -> bool:
    word, _, argument = name.partition(":")
    if word in _ON_SERVED_BYTES:
        return observed.served is None or _ON_SERVED_BYTES[word](observed, argument)
    if word in _ALWAYS:
        return _ALWAYS[word](observed, argument)
    if word in _ELSEWHERE:
        return True
    raise AssertionError(f"no checker for the invariant {name!r}")


_ELSEWHERE = frozenset(
    {"nosniff", "csp_sandbox_or_attachment", "served_as_attachment_or_sandbox", "content_disposition_rfc6266",
     "no_log_injection", "status 4xx or 2xx, never 5xx", "llm_tools_not_triggered", "injection_flagged",
     "hidden_text_not_sent_to_llm_or_fenced", "exports_prefix_formula_cells", "pii_redacted_before_llm_logs_audit",
     "pii_absent_from_vectors_payload"}
)  # fmt: skip
"""Of serving over HTTP, of parsing and of prompts: tested where those are."""


def inflated(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """The bytes, and everything inside them that unpacks: zip members, PDF streams, compressed PNG text."""
    yield data
    if depth > 3:
        return
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from inflated(archive.read(name), depth + 1)
    for found in re.finditer(rb"stream\r?\n", data):
        try:
            yield zlib.decompressobj().decompress(data[found.end() :], 50_000_000)
        except zlib.error:
            continue
    for found in re.finditer(rb"(?:zTXt|iTXt|iCCP)[^\x00]{1,79}\x00", data):
        try:
            yield zlib.decompressobj().decompress(data[found.end() + 1 :], 5_000_000)
        except zlib.error:
            continue


def _lacks(observed: Observed, needle: str) -> bool:
    wanted = needle.encode().decode("unicode_escape").encode("latin-1")
    assert observed.served is not None
    return wanted.lower() not in observed.served.lower()


def _type_is_detected(observed: Observed, _: str) -> bool:
    assert observed.served is not None
    return detect(observed.served).media_type == observed.inspection.detected_type


def _svg_is_inert(observed: Observed, _: str) -> bool:
    assert observed.served is not None
    root = etree.fromstring(observed.served, etree.XMLParser(resolve_entities=False, no_network=True))
    for element in root.iter():
        if not isinstance(element.tag, str):
            return False
        if etree.QName(element).localname.lower() in ("script", "foreignobject", "iframe", "animate", "set", "handler"):
            return False
        for key, raw in element.attrib.items():
            value = str(raw)
            local = etree.QName(key).localname.lower()
            if local.startswith("on") or (
                local == "href" and not re.match(r"#|data:image/(?:png|jpeg|gif|webp);", value)
            ):
                return False
            if (
                re.search(r"url\s*\(\s*[\"']?\s*(?!#|data:image/(?:png|jpeg);)", value, re.I)
                or "javascript:" in value.lower()
            ):
                return False
        text = element.text or ""
        if etree.QName(element).localname == "style" and re.search(
            r"@import|url\s*\(\s*[\"']?\s*(?!#)|expression\(", text, re.I
        ):
            return False
    return b"<!DOCTYPE" not in observed.served and b"<!ENTITY" not in observed.served


def _html_is_inert(observed: Observed, _: str) -> bool:
    assert observed.served is not None
    text = observed.served.decode("utf-8")
    if re.search(r"<\s*(?:script|iframe|object|embed|base|form|input|template|noscript|math)\b", text, re.I):
        return False
    tags = re.findall(r"<[a-zA-Z][^>]*>", text)
    return not any(re.search(r"[\s\"'/]on\w+\s*=|(?:java|vb)script:|srcdoc|http-equiv", tag, re.I) for tag in tags)


def _fetches_nothing(observed: Observed, _: str) -> bool:
    """The child could not have called out, and the served bytes ask no reader to."""
    if not observed.confinement["has_no_network"]:
        return False
    served, kind = observed.served, observed.inspection.detected_type
    if served is None or kind not in ("image/svg+xml", "text/html"):
        return True
    return not re.search(
        rb"(?:\ssrc|srcset|xlink:href|action|poster)\s*=\s*[\"']?\s*(?:https?:|file:|//)|@import", served, re.I
    )


def _pdf_lacks(observed: Observed, names: str) -> bool:
    assert observed.served is not None
    wanted = [name.encode() for name in names.split(",")]
    return not any(
        re.search(re.escape(name) + rb"(?![A-Za-z])", layer) for layer in inflated(observed.served) for name in wanted
    )


def _office_is_inert(observed: Observed, _: str) -> bool:
    assert observed.served is not None
    with zipfile.ZipFile(io.BytesIO(observed.served)) as archive:
        for name in archive.namelist():
            if re.search(r"vbaproject|activex|oleobject|externallink", name, re.I):
                return False
            if name.endswith(".rels"):
                for relationship in etree.fromstring(archive.read(name)):
                    is_link = relationship.get("Type", "").endswith("/hyperlink")
                    if relationship.get("TargetMode") == "External" and not is_link:
                        return False
    return True


def _no_canary(observed: Observed, _: str) -> bool:
    assert observed.served is not None
    layers = list(inflated(observed.served))
    return not any(
        canary.encode(encoding) in layer for canary in observed.entry.canaries for layer in layers
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    )  # fmt: skip


def _no_metadata_segments(observed: Observed, _: str) -> bool:
    assert observed.served is not None
    marks = (
        b"Exif\x00\x00",
        b"http://ns.adobe.com/xap",
        b"Photoshop 3.0",
        b"8BIM",
        b"EXIF",
        b"XMP ",
        b"eXIf",
        b"MPF\x00",
    )
    with Image.open(io.BytesIO(observed.served)) as image:
        tags = (
            {tag for tag in image.getexif() if tag not in _STRUCTURAL_TIFF_TAGS}
            if image.format == "TIFF"
            else set(image.getexif())
        )
        has_gps = bool(image.getexif().get_ifd(0x8825))
        extra = set(image.info) & {"exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment", "icc_profile", "iptc"}
    head = observed.served[:4096]
    return not tags and not has_gps and not extra and not any(mark in head for mark in marks)


_STRUCTURAL_TIFF_TAGS = frozenset(
    {
        254,
        256,
        257,
        258,
        259,
        262,
        273,
        277,
        278,
        279,
        282,
        283,
        284,
        296,
        317,
        320,
        338,
        339,
        322,
        323,
        324,
        325,
        266,
        530,
        531,
        532,
    }
)


def _upright(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as image:
        try:
            return ImageOps.exif_transpose(image).convert("RGB")
        except (SyntaxError, ValueError, TypeError, KeyError, OSError):
            return image.convert("RGB")


def _orientation_is_applied(observed: Observed, _: str) -> bool:
    assert observed.served is not None
    return _upright(observed.entry.path.read_bytes()).size == _plain(observed.served).size


def _plain(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as image:
        return image.convert("RGB")


def _pixels_are_kept(observed: Observed, _: str) -> bool:
    assert observed.served is not None
    if observed.inspection.detected_type not in ("image/png", "image/jpeg", "image/webp", "image/tiff", "image/gif"):
        return True
    before = np.asarray(_upright(observed.entry.path.read_bytes()), dtype=np.int16)
    after = np.asarray(_plain(observed.served), dtype=np.int16)
    return before.shape == after.shape and float(np.abs(before - after).mean()) < 4.0


def _pdf_catalogue_lacks(key: str) -> Callable[[Observed, str], bool]:
    def check(observed: Observed, _: str) -> bool:
        assert observed.served is not None
        with pikepdf.open(io.BytesIO(observed.served)) as document:
            if key == "/Info":
                return "/Info" not in document.trailer
            if key == "/EmbeddedFiles":
                return len(document.attachments) == 0
            return not any(
                isinstance(one, pikepdf.Dictionary | pikepdf.Stream) and key in one for one in document.objects
            )

    return check


def _text_is_kept(observed: Observed, text: str) -> bool:
    assert observed.served is not None
    if observed.inspection.detected_type == "application/pdf":
        import pypdfium2

        document = pypdfium2.PdfDocument(observed.served)
        try:
            return any(text in page.get_textpage().get_text_bounded() for page in document)
        finally:
            document.close()
    return any(text.encode() in layer for layer in inflated(observed.served))


def _no_smuggled_characters(observed: Observed, _: str) -> bool:
    assert observed.served is not None
    return not re.search(r"[\U000E0000-\U000E007F\u200b\u2060\ufeff]", observed.served.decode("utf-8"))


def _reads_no_local_file(observed: Observed, _: str) -> bool:
    served = observed.served or b""
    return observed.confinement["landlock_abi"] > 0 and not any(b"root:x:" in layer for layer in inflated(served))


_ON_SERVED_BYTES: dict[str, Callable[[Observed, str], bool]] = {
    "served_bytes_lack": _lacks,
    "content_type_from_detection": _type_is_detected,
    "served_lacks_script_event_extref": _svg_is_inert,
    "sanitised_lacks_script_event_jsurl": _html_is_inert,
    "served_copy_lacks": _pdf_lacks,
    "served_copy_lacks_vba_ole_external_rel": _office_is_inert,
    "no_canary_in_raw_or_inflated_bytes": _no_canary,
    "no_gps": _no_metadata_segments,
    "no_exif_xmp_iptc_segments": _no_metadata_segments,
    "no_thumbnail": _no_metadata_segments,
    "orientation_applied_to_pixels": _orientation_is_applied,
    "pixels_equal_within_tolerance": _pixels_are_kept,
    "no_docinfo": _pdf_catalogue_lacks("/Info"),
    "no_xmp": _pdf_catalogue_lacks("/Metadata"),
    "no_attachments": _pdf_catalogue_lacks("/EmbeddedFiles"),
    "text_preserved": _text_is_kept,
    "tag_chars_and_zero_width_stripped": _no_smuggled_characters,
    "scanner_and_parser_see_same_bytes": lambda observed, _: (
        zipfile.ZipFile(io.BytesIO(observed.served or b"")).testzip() is None
    ),
}
_ALWAYS: dict[str, Callable[[Observed, str], bool]] = {
    "no_worker_death": lambda observed, _: observed.inspection.details.get("message") != "reading it ended the reader",
    "no worker death": lambda observed, _: observed.inspection.details.get("message") != "reading it ended the reader",
    "wall<=10s": lambda observed, _: observed.wall_s <= MAX_WALL_S,
    "wall<=2s": lambda observed, _: observed.wall_s <= 2.0,
    "bounded_time_mem": lambda observed, _: observed.wall_s <= MAX_WALL_S and observed.peak_bytes < MAX_RSS_BYTES,
    "peak_rss_delta<=512MB": lambda observed, _: observed.peak_bytes - observed.base_bytes <= 512 * 2**20,
    "terminal_state": lambda observed, _: observed.inspection.verdict in ("accept", "reject", "quarantine"),
    "no_network_fetch": _fetches_nothing,
    "no_local_file_read": _reads_no_local_file,
    "no_external_decoder_spawned": lambda observed, _: bool(observed.confinement["seccomp"]),
    "no_file_written_outside_workdir": lambda observed, _: observed.confinement["landlock_abi"] > 0,
    "storage_key_has_no_user_name": lambda observed, _: (
        re.fullmatch(
            r"org/acme/(?:evidence/[0-9a-f]{64}|quarantine/[0-9a-f-]{36})",
            evidence_key("acme", observed.inspection.evidence_sha256)
            if observed.inspection.evidence_sha256
            else quarantine_key("acme", "00000000-0000-4000-8000-000000000000"),
        )
        is not None
    ),
}

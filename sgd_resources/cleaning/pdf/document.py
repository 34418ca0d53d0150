"""Takes out of PDFs what runs, and writes them out afresh without metadata, old revisions and orphans.

Scripts, launches, submissions, files inside and links to anything but a web page go, and the details say so; the pages
are not touched: content streams, fonts and images keep their bytes. What was written is looked at once more, and held
for an operator when anything active is left. Runs inside the sandbox's child. What must not live here: text, colours.
"""

import io
import logging
import re
from typing import Any

import pikepdf

from sgd_resources.cleaning.pdf.active import active_findings, embedded_parts
from sgd_resources.cleaning.pdf.metadata import strip_metadata
from sgd_resources.cleaning.pdf.streams import check_streams
from sgd_resources.cleaning.pdf.strip import strip_active
from sgd_resources.cleaning.refusal import bomb, reject
from sgd_resources.filetype import looks_like_another_format
from sgd_resources.ports.examination import Cleaning, Limits

_EOF = b"%%EOF"
_HEADER = b"%PDF-"
_MAX_NOTES = 5  # enough to see what it is
_NAMELESS = re.compile(r"^(?:stream )?<[^>]*>\s*")
"""qpdf names its input first; for bytes in memory that name is an address, which differs from run to run."""
_COMMON_FAULT = "object has offset 0"


def clean_pdf(data: bytes, media_type: str, limits: Limits) -> Cleaning:
    """The same pages in a fresh file, deterministic.

    Raises:
        RejectedEvidence: `reject:encrypted` (a password is needed), `reject:malformed`, `reject:empty` (no page),
            `reject:bomb`, `reject:polyglot`. Active content that could not be taken out comes back as a refusal in
            the details.
    """
    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
    _check_edges(data)
    try:
        document = pikepdf.open(
            io.BytesIO(data), suppress_warnings=True, attempt_recovery=True, inherit_page_attributes=True
        )
    except pikepdf.PasswordError:
        reject("encrypted")
    except pikepdf.PdfError as error:
        message = _NAMELESS.sub("", str(error))
        reject("encrypted" if "encrypt" in message.lower() else "malformed", message=message[:200])
    with document:
        if document.is_encrypted and not document.user_password_matched:
            reject("encrypted", message="only an empty owner password opens it")
        return _clean_open(document, limits)


def _clean_open(document: pikepdf.Pdf, limits: Limits) -> Cleaning:
    if len(document.objects) > limits.max_pdf_objects:
        bomb("objects", len(document.objects), limits.max_pdf_objects, objects=len(document.objects))
    pages = len(document.pages)
    if pages == 0:
        reject("empty", message="no pages")
    if pages > limits.max_pdf_pages:
        bomb("pages", pages, limits.max_pdf_pages, pages=pages, max_pages=limits.max_pdf_pages)
    details: dict[str, Any] = {"pages": pages}
    inflated = check_streams(document, limits)
    was_encrypted = document.is_encrypted
    parts = embedded_parts(document, limits)
    is_suspect = bool(active_findings(document))
    active = strip_active(document)
    removed = strip_metadata(document)
    out = io.BytesIO()
    document.save(
        out,
        encryption=False,
        deterministic_id=True,
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.preserve,
        compress_streams=True,
        recompress_flate=False,
    )
    warnings = [_NAMELESS.sub("", str(one)) for one in document.get_warnings()]
    damage = [warning for warning in warnings if _COMMON_FAULT not in warning]
    if damage:
        details["warnings"] = [warning[:200] for warning in damage[:_MAX_NOTES]]
    if removed or active:
        details["removed"] = {**removed, **active}
    details["inflated_bytes"] = inflated
    if findings := _findings_left(out, is_suspect=is_suspect or bool(active)):
        details["findings"] = findings
        details["refusal"] = {"verdict": "quarantine", "reason": "active_content"}
        return Cleaning(b"", "", details, parts)
    how = "partial" if damage else "sanitised" if active else "decrypted" if was_encrypted else "stripped"
    return Cleaning(out.getvalue(), how, details, parts)


def _findings_left(written: io.BytesIO, *, is_suspect: bool) -> list[str]:
    """What is active in the new file: nothing, or this cleaner is wrong and a person decides."""
    if not is_suspect:
        return []
    with pikepdf.open(written, suppress_warnings=True) as document:
        return active_findings(document)


def _check_edges(data: bytes) -> None:
    """Bytes before the header or after the last end mark must not be another file."""
    start = data.find(_HEADER)
    if start < 0:
        reject("malformed", message="no PDF header")
    last = data.rfind(_EOF)
    tail = data[last + len(_EOF) :] if last >= 0 else b""
    if looks_like_another_format(data[:start]) or looks_like_another_format(tail):
        reject("polyglot", message="another format around the PDF")

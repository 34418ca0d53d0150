"""Checks PDFs for what runs, and writes them out afresh without metadata, old revisions and orphans.

A PDF with active content is held for an operator as a whole: taking JavaScript out of a form leaves a form that
lies. The pages of a harmless one are not touched: content streams, fonts and images keep their bytes. Runs inside
the sandbox's child. What must not live here: text, colours.
"""

import io
import logging
import re
from typing import Any

import pikepdf

from sgd_resources.cleaning.pdf_active import active_findings, embedded_parts
from sgd_resources.cleaning.pdf_metadata import strip_metadata
from sgd_resources.cleaning.pdf_streams import check_streams
from sgd_resources.cleaning.refusal import reject
from sgd_resources.examination import Cleaning, Limits
from sgd_resources.filetype import looks_like_another_format

_EOF = b"%%EOF"
_HEADER = b"%PDF-"
_MAX_NOTES = 5
_NAMELESS = re.compile(r"^(?:stream )?<[^>]*>\s*")
"""qpdf names its input first; for bytes in memory that name is an address, which differs from run to run."""
_COMMON_FAULT = "object has offset 0"


def clean_pdf(data: bytes, media_type: str, limits: Limits) -> Cleaning:
    """The same pages in a fresh file, deterministic.

    Raises:
        RejectedEvidence: `reject:encrypted` (a password is needed), `reject:malformed`, `reject:empty` (no page),
            `reject:bomb`, `reject:polyglot`. Active content comes back as a refusal in the details, with what it
            embeds.
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
        reject("bomb", objects=len(document.objects))
    pages = len(document.pages)
    if pages == 0:
        reject("empty", message="no pages")
    if pages > limits.max_pdf_pages:
        reject("bomb", pages=pages, max_pages=limits.max_pdf_pages)
    details: dict[str, Any] = {"pages": pages}
    inflated = check_streams(document, limits)
    if findings := active_findings(document):
        details["findings"] = findings
        details["refusal"] = {"verdict": "quarantine", "reason": "active_content"}
        return Cleaning(b"", "", details, embedded_parts(document, limits))
    was_encrypted = document.is_encrypted
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
    details |= {"inflated_bytes": inflated, **({"removed": removed} if removed else {})}
    how = "partial" if damage else "decrypted" if was_encrypted else "stripped"
    return Cleaning(out.getvalue(), how, details)


def _check_edges(data: bytes) -> None:
    """Bytes before the header or after the last end mark must not be another file."""
    start = data.find(_HEADER)
    if start < 0:
        reject("malformed", message="no PDF header")
    last = data.rfind(_EOF)
    tail = data[last + len(_EOF) :] if last >= 0 else b""
    if looks_like_another_format(data[:start]) or looks_like_another_format(tail):
        reject("polyglot", message="another format around the PDF")

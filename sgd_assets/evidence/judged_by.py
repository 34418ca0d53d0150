"""The version of all that judges and cleans a file of some type: detection, scan rules, cleaner, bounds, the gate.

Computed, so that a changed rule or cleaner judges again what it may judge otherwise, and nothing else. What must not
live here: judging; and the gate must not refer to this module, whose names would make every cleaner part of each type.
"""

import hashlib
import json
from dataclasses import asdict
from functools import cache

from sgd_assets.evidence.policy import UploadPolicy
from sgd_resources.code_versions.version import version_of
from sgd_resources.contracts import policy_path

JUDGES = (
    "sgd_resources.filetype:detect",
    "sgd_resources.scanning.scan:scan",
    "sgd_assets.evidence.gate:EvidenceGate",
)
_OFFICE = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
CLEANERS = {
    "application/pdf": "sgd_resources.cleaning.pdf.document:clean_pdf",
    "text/html": "sgd_resources.cleaning.web.html:clean_html",
    "application/json": "sgd_resources.cleaning.text:clean_json",
    "image/svg+xml": "sgd_resources.cleaning.web.svg:clean_svg",
    **dict.fromkeys(("text/markdown", "text/plain", "text/css"), "sgd_resources.cleaning.text:clean_text"),
    **dict.fromkeys(
        ("image/png", "image/jpeg", "image/webp", "image/tiff", "image/gif"),
        "sgd_resources.cleaning.pictures.images:clean_image",
    ),
    **dict.fromkeys(
        (
            f"{_OFFICE}.wordprocessingml.document",
            f"{_OFFICE}.presentationml.presentation",
            f"{_OFFICE}.spreadsheetml.sheet",
            "application/vnd.ms-officetheme",
        ),
        "sgd_resources.cleaning.office.ooxml:clean_office",
    ),
    **dict.fromkeys(
        (f"{_ODF}.text", f"{_ODF}.presentation"), "sgd_resources.cleaning.office.opendocument:clean_opendocument"
    ),
    **dict.fromkeys(("font/ttf", "font/otf", "font/woff", "font/woff2"), "sgd_resources.cleaning.fonts:clean_font"),
    "application/x-adobe-ase": "sgd_resources.cleaning.swatches:clean_swatches",
}
"""Named, not imported: cleaners are loaded in the confined child only. A test compares this with their own table."""
_DIGITS = 12


def judging_version(media_type: str, policy: UploadPolicy) -> str:
    """Version of what judges a file of this type; '' stands for one that the policy does not let in."""
    cleaner = CLEANERS.get(media_type)
    told = [
        version_of(*JUDGES, *([cleaner] if cleaner else [])),
        _scan_rules(),
        asdict(policy.limits),
        *(sorted(one.declared | one.extensions) for one in policy.types if one.media_type == media_type),
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:_DIGITS]


@cache
def _scan_rules() -> str:
    return hashlib.sha256(policy_path("scan_rules.yar").read_bytes()).hexdigest()

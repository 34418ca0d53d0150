"""Calls the jobs that settle a file, and checks what comes back before it is believed.

Bytes -> `SettledLogo` or `SettledFont`, and the bytes to draw with where they are other ones. What must not live here:
storing them.
"""

import hashlib
from collections.abc import Sequence

from pydantic import ValidationError

from sgd_assets.documents.settled.model import FontFacts, Ink, SettledFont, SettledLogo
from sgd_assets.evidence.manifest import EvidenceItem
from sgd_resources.errors import RejectedEvidence
from sgd_resources.ports import ConfinedJobs

MAX_FONT_BYTES = 20_000_000  # as `drawing/faces._MAX_FONT_BYTES`
LOGO_CPU_S, FONT_CPU_S = 5, 12
"""A logo takes one second at most when it is drawn for its proof. Unpacking a large CJK font takes several."""


def make_logo(item: EvidenceItem, data: bytes, *, jobs: ConfinedJobs) -> tuple[SettledLogo, bytes | None]:
    """A picture file as a logo; bytes only where others are drawn than the file's own. Raises Unavailable."""
    sha256 = item.evidence_sha256
    try:
        answer = jobs.call(
            "sgd_resources.drawing.settle.logo:settle_logo", data, {"media_type": item.media_type}, cpu_s=LOGO_CPU_S
        )
        unusable = answer.result.get("unusable")
        if isinstance(unusable, str):
            return SettledLogo(evidence_sha256=sha256, refusal=unusable[:200]), None
        drawn, drawn_sha256 = _one_blob_or_none(answer.blobs)
        ink = Ink.model_validate(_named_colours(answer.result["ink"]))
        return SettledLogo(evidence_sha256=sha256, ink=ink, drawn_sha256=drawn_sha256), drawn
    except RejectedEvidence as error:
        refusal = f"it cannot be drawn within the bounds of a logo ({why_refused(error)})"
    except (ValidationError, KeyError, TypeError, ValueError):
        refusal = "it cannot be drawn (the reader returned nonsense)"
    return SettledLogo(evidence_sha256=sha256, refusal=refusal, is_refused=True), None


def make_font(item: EvidenceItem, data: bytes, *, jobs: ConfinedJobs) -> tuple[SettledFont, bytes | None]:
    """A font file as one that sets text, re-written. Raises Unavailable."""
    sha256 = item.evidence_sha256
    if len(data) > MAX_FONT_BYTES:
        refusal = f"the font file is larger than {MAX_FONT_BYTES // 1_000_000} MB"
        return SettledFont(evidence_sha256=sha256, refusal=refusal, is_refused=True), None
    try:
        answer = jobs.call("sgd_resources.drawing.settle.font:settle_font", data, {}, cpu_s=FONT_CPU_S)
        facts = FontFacts.model_validate(answer.result["facts"])
        drawn, drawn_sha256 = _one_blob_or_none(answer.blobs)
        return SettledFont(evidence_sha256=sha256, facts=facts, drawn_sha256=drawn_sha256), drawn
    except RejectedEvidence as error:
        refusal = f"it cannot be opened within the bounds of a font ({why_refused(error)})"
    except (ValidationError, KeyError, TypeError, ValueError):
        refusal = "it cannot be opened (the reader returned nonsense)"
    return SettledFont(evidence_sha256=sha256, refusal=refusal, is_refused=True), None


def _one_blob_or_none(blobs: Sequence[bytes]) -> tuple[bytes | None, str | None]:
    if not blobs:
        return None, None
    return blobs[0], hashlib.sha256(blobs[0]).hexdigest()


def _named_colours(ink: dict[str, object]) -> dict[str, object]:
    return {**ink, **{name: _named(ink[name]) for name in ("colours", "rim")}}


def _named(colours: object) -> list[dict[str, object]]:
    if not isinstance(colours, list | tuple):
        raise TypeError(colours)
    return [{"hex": hex_value, "share": share} for hex_value, share in colours]


def why_refused(error: RejectedEvidence) -> str:
    """The reason of a child's refusal, and what it says of it."""
    message = error.details.get("message")
    return f"{error.reason}: {message}" if isinstance(message, str) else error.reason

"""Which picture each output of a request shows: a generated one, the request's references, or one of the evidence.

Request + brief -> `PlannedImagery` by index, and the bytes of what was found. What must not live here: finding
(`find.py`), or whether a brief's prohibitions leave room for a picture (`plan/wishes.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_assets.renders.brief.model import Brief
from sgd_assets.renders.imagery.find import find_imagery
from sgd_assets.renders.imagery.shelf import PictureShelf
from sgd_assets.renders.model import PlannedImagery


@dataclass(frozen=True)
class Shown:
    """What there is to show."""

    by_index: Mapping[int, PlannedImagery] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Bytes of pictures of the evidence, by key."""


def shown_of(
    request: Mapping[str, Any],
    brief: Brief,
    evidence: EvidenceManifest,
    shelf: PictureShelf,
    *,
    generated: Mapping[int, PlannedImagery] | None = None,
    is_draft: bool = False,
) -> Shown:
    """What each output shows; nothing for an output without a picture.

    Args:
        request: a valid `render_request`.
        brief: what is to be seen.
        evidence: the org's clean files.
        shelf: their measures and bytes.
        generated: pictures that a model made; they go before all others.
        is_draft: the plans name the picture that could not be generated as missing: no other one takes its place.

    Raises:
        NotFound, Unavailable: as `find_imagery`.
    """
    count = request["outputs"]["count"]
    if generated:
        return Shown(dict(generated))
    if references := tuple(request["prompts"].get("references") or ()):
        planned = _named(references, evidence)
        return Shown(dict.fromkeys(range(count), planned))
    found = () if is_draft else find_imagery(brief, evidence, shelf)
    if not found:
        return Shown()
    turns = {index: found[index % len(found)] for index in range(count)}
    files = {key: one.data for one in turns.values() for key in one.planned.keys}
    return Shown({index: one.planned for index, one in turns.items()}, files)


def _named(references: tuple[str, ...], evidence: EvidenceManifest) -> PlannedImagery:
    own = {item.key: item.evidence_sha256 for item in evidence.items}
    return PlannedImagery(
        kind="reference",
        keys=references,
        evidence_sha256s=tuple(own[key] for key in references if key in own),
        reason="named in the request",
    )

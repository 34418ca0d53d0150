"""Finds the pictures among an org's evidence that a brief asks for.

Brief + evidence -> at most one `LocalImagery` for each output: the same ones for the same evidence. A picture fits
when its file name says most of what is to be seen; a picture that merely might fit is never shown. What must not live
here: how a picture is cropped or placed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sgd_assets.evidence.manifest import EvidenceItem, EvidenceManifest
from sgd_assets.renders.brief.model import Brief
from sgd_assets.renders.imagery.measures import PictureKind
from sgd_assets.renders.imagery.shelf import PictureShelf, may_be_imagery
from sgd_assets.renders.imagery.words import fit, stems_of
from sgd_assets.renders.model import PlannedImagery

_LEAST_FIT = 0.5
"""Of the words on what is to be seen: a bridge alone is no runner at dawn on a bridge."""
_MOST_MEASURED = 40  # files that are looked at for one request; each takes the child about 50 ms, once
_MOST_FOUND = 6  # as many as a request has outputs


@dataclass(frozen=True)
class LocalImagery:
    """A picture of the evidence, as the plan tells of it, and its bytes."""

    planned: PlannedImagery
    data: bytes


@dataclass(frozen=True)
class _Candidate:
    item: EvidenceItem
    subject: float
    copy: float


def find_imagery(brief: Brief, evidence: EvidenceManifest, shelf: PictureShelf) -> tuple[LocalImagery, ...]:
    """The fitting pictures, best first, all as good as each other by words; empty where none is asked for or fits.

    Raises:
        NotFound, Unavailable: as `PictureShelf.measures`.
    """
    kinds = _kinds(brief)
    if not kinds:
        return ()
    found: list[tuple[_Candidate, PictureKind]] = []
    for candidate in islice(_candidates(brief, evidence), _MOST_MEASURED):
        if found and (candidate.subject, candidate.copy) != (found[0][0].subject, found[0][0].copy):
            break
        measures = shelf.measures(candidate.item)
        if measures.kind in kinds and measures.is_large_enough:
            found.append((candidate, measures.kind))
        if len(found) == _MOST_FOUND:
            break
    return tuple(_told(brief, candidate, kind, shelf) for candidate, kind in found)


def _kinds(brief: Brief) -> tuple[PictureKind, ...]:
    """Kinds that serve; a picture of any kind is looked for only where something is to be seen on it."""
    wanted = brief.imagery
    if {"picture", "photo"} & {word.casefold() for word in brief.forbidden}:
        return ()
    if wanted.kind in {"photo", "illustration"}:
        return ("photo",) if wanted.kind == "photo" else ("illustration",)
    return ("photo", "illustration") if wanted.kind == "any" and wanted.subject else ()


def _candidates(brief: Brief, evidence: EvidenceManifest) -> Iterator[_Candidate]:
    """Files whose names fit, the best first; without a subject every file, those that fit the copy first."""
    subject = stems_of(brief.imagery.subject or "")
    copy = stems_of(" ".join(words for _, words in brief.words.elements()))
    rated = []
    for item in evidence.items:
        if not may_be_imagery(item):
            continue
        names = stems_of(item.file_name.rsplit(".", 1)[0])
        rated.append(_Candidate(item, round(fit(subject, names), 4), round(fit(copy, names), 4)))
    if brief.imagery.subject:
        rated = [one for one in rated if one.subject >= _LEAST_FIT]
    yield from sorted(rated, key=lambda one: (-one.subject, -one.copy, one.item.file_name, one.item.evidence_sha256))


def _told(brief: Brief, candidate: _Candidate, kind: PictureKind, shelf: PictureShelf) -> LocalImagery:
    item = candidate.item
    why = f"its name fits {brief.imagery.subject!r}" if brief.imagery.subject else f"a {kind} is asked for"
    return LocalImagery(
        PlannedImagery(
            kind="illustration" if kind == "illustration" else "photo",
            keys=(item.key,),
            evidence_sha256s=(item.evidence_sha256,),
            reason=f"{item.file_name}, of the brand's own evidence: {why}",
        ),
        shelf.bytes_of(item),
    )

"""Finds the pictures among an org's evidence that a brief asks for.

Brief + evidence -> at most one `LocalImagery` for each output: the same ones for the same evidence. A picture fits
when its file name, or what pages and guides say of it (alternative text, caption, heading), says most of what is to be
seen; a picture that merely might fit is never shown. Pictures are files of their own, or stand inside guides. What
must not live here: how a picture is cropped or placed.
"""

from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath

from sgd_assets.documents.settled.guide_pictures import GuidePicture, may_be_guide
from sgd_assets.evidence.manifest import EvidenceItem, EvidenceManifest
from sgd_assets.renders.brief.model import Brief
from sgd_assets.renders.imagery.measures import PictureKind, PictureMeasures
from sgd_assets.renders.imagery.shelf import PictureShelf, may_be_imagery
from sgd_assets.renders.imagery.words import fit, stems_of
from sgd_assets.renders.model import PlannedImagery

_LEAST_FIT = 0.5
"""Of the words on what is to be seen: a bridge alone is no runner at dawn on a bridge."""
_MOST_MEASURED = 40  # files that are looked at for one request; each takes the child about 50 ms, once
_QUOTED = 80  # characters of what is said of a picture that its citation holds
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
    words: str = ""
    """What is said of it, where its name alone does not fit as well."""
    inside: GuidePicture | None = None
    """The picture in the guide that `item` is; None for a file of its own."""

    @property
    def key(self) -> str:
        return self.inside.key if self.inside is not None else self.item.key

    @property
    def order(self) -> tuple[float, float, bool, str, str]:
        """The best first; of as good ones files of their own, which are made to be shown."""
        return -self.subject, -self.copy, self.inside is not None, self.item.file_name, self.key


def find_imagery(brief: Brief, evidence: EvidenceManifest, shelf: PictureShelf) -> tuple[LocalImagery, ...]:
    """The fitting pictures, best first, all as good as each other by words; empty where none is asked for or fits.

    Raises:
        NotFound, Unavailable: as `PictureShelf.measures`.
    """
    kinds = _kinds(brief)
    if not kinds:
        return ()
    found: list[tuple[_Candidate, PictureKind]] = []
    for candidate in islice(_candidates(brief, evidence, shelf), _MOST_MEASURED):
        if found and (candidate.subject, candidate.copy) != (found[0][0].subject, found[0][0].copy):
            break
        measures = _measures(candidate, shelf)
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


def _measures(candidate: _Candidate, shelf: PictureShelf) -> PictureMeasures:
    if candidate.inside is None:
        return shelf.measures(candidate.item)
    return PictureMeasures.model_validate(candidate.inside.measures)


def _candidates(brief: Brief, evidence: EvidenceManifest, shelf: PictureShelf) -> list[_Candidate]:
    """Pictures whose names or words fit, the best first; without a subject all, those that fit the copy first."""
    subject = stems_of(brief.imagery.subject or "")
    copy = stems_of(" ".join(words for _, words in brief.words.elements()))
    guides = [(item, shelf.in_guide(item)) for item in evidence.items if may_be_guide(item)]
    told: dict[str, str] = {}
    for _, found in guides:
        for name, words in found.told:
            told[name.casefold()] = f"{told.get(name.casefold(), '')} {words}".strip()

    def rated(item: EvidenceItem, name: str, words: str, inside: GuidePicture | None = None) -> _Candidate:
        own, said = stems_of(name), stems_of(f"{name} {words}")
        is_by_words = fit(subject, said) > fit(subject, own) or inside is not None
        return _Candidate(
            item, round(fit(subject, said), 4), round(fit(copy, said), 4), words if is_by_words else "", inside
        )

    every = [
        rated(item, item.file_name.rsplit(".", 1)[0], told.get(PurePosixPath(item.file_name).name.casefold(), ""))
        for item in evidence.items
        if may_be_imagery(item)
    ]
    every += [rated(item, "", picture.words, picture) for item, found in guides for picture in found.pictures]
    if brief.imagery.subject:
        every = [one for one in every if one.subject >= _LEAST_FIT]
    return sorted(every, key=lambda one: one.order)


def _told(brief: Brief, candidate: _Candidate, kind: PictureKind, shelf: PictureShelf) -> LocalImagery:
    item, inside = candidate.item, candidate.inside
    page = f", page {inside.page}" if inside is not None and inside.page is not None else ""
    what = f"{item.file_name}{page}, of the brand's own evidence"
    what = f"a picture in {what}" if inside is not None else what
    saying = f" ({candidate.words[:_QUOTED]!r})" if candidate.words else ""
    fits = f"what is said of it{saying} fits" if candidate.words else "its name fits"
    why = f"{fits} {brief.imagery.subject!r}" if brief.imagery.subject else f"a {kind} is asked for"
    return LocalImagery(
        PlannedImagery(
            kind="illustration" if kind == "illustration" else "photo",
            keys=(candidate.key,),
            evidence_sha256s=(item.evidence_sha256,),
            reason=f"{what}: {why}",
        ),
        shelf.bytes_at(candidate.key),
    )

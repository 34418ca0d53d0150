"""Pictures inside guides and the words on pictures: found in the store by content and version, made anew in the child.

EvidenceItem -> `GuidePictures`. What must not live here: taking pictures out (`sgd_resources/drawing/guide_pictures`),
or which of them is shown (`renders`).
"""

from pydantic import Field, ValidationError

from sgd_assets.documents.settled.make import why_refused
from sgd_assets.documents.settled.model import Undrawn
from sgd_assets.evidence.manifest import EvidenceItem, EvidenceManifest
from sgd_resources.code_versions.version import version_of
from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import Shape
from sgd_resources.ports import ConfinedJobs, ObjectStore
from sgd_resources.storage.derived import read_derived
from sgd_resources.storage.keys import settled_key

JOB = "sgd_resources.drawing.guide_pictures.find:guide_pictures"
CPU_S = 20
_MOST_BYTES = 60_000_000
_NO_GUIDES = ("image/", "font/", "application/font", "text/css", "application/json")


class GuidePicture(Shape):
    """One picture of a guide."""

    key: str = Field(description="object key of its file")
    page: int | None = Field(default=None, ge=1, description="1-based page or slide")
    words: str = Field(default="", description="alternative text, caption and heading")
    measures: dict[str, float] = Field(description="as `sgd_resources/drawing/measure_picture.py` gives them")


class GuidePictures(Shape):
    """What one guide holds; empty for a file that cannot be read."""

    pictures: tuple[GuidePicture, ...] = ()
    told: tuple[tuple[str, str], ...] = Field(default=(), description="(file name, words) of pictures beside it")
    left_out: int = Field(default=0, ge=0, description="pictures that were not looked at")
    is_cut: bool = Field(default=False, description="there are more places with pictures than were counted")
    refusal: str | None = Field(default=None, description="why none was looked for to the end, in words")

    def note(self) -> str | None:
        """What a person is told of pictures that no render is offered; None when there are no such."""
        if self.refusal is not None:
            return f"no picture in it is offered to renders: {self.refusal}"
        if not self.left_out and not self.is_cut:
            return None
        more = f"{self.left_out} more" if self.left_out else "further places with pictures"
        offered = "1 picture in it is" if len(self.pictures) == 1 else f"{len(self.pictures)} pictures in it are"
        return f"{offered} offered to renders, {more} {'was' if self.left_out == 1 else 'were'} not looked at"


def may_be_guide(item: EvidenceItem) -> bool:
    """Whether the file may hold pictures or words on them."""
    return not item.media_type.startswith(_NO_GUIDES) and item.size_bytes <= _MOST_BYTES


class GuidePictureShelf:
    """The pictures in the guides of one org."""

    def __init__(self, org_id: str, *, store: ObjectStore, jobs: ConfinedJobs) -> None:
        self._org_id = org_id
        self._store = store
        self._jobs = jobs
        self._version = f"guide-pictures@{version_of(JOB)}"

    def of(self, item: EvidenceItem) -> GuidePictures:
        """What one guide holds.

        Raises:
            NotFound: the evidence is not in the store. A retry does not help.
            Unavailable: the store cannot be reached, or no child could be started. Retry.
        """
        key = self._key(item, "json")
        found = read_derived(self._store, key, GuidePictures.model_validate_json, what="the pictures of a guide")
        if found is None:
            found = self._made(item)
            self._store.put(key, found.model_dump_json().encode(), content_type="application/json")
        return found

    def _made(self, item: EvidenceItem) -> GuidePictures:
        """The files first: what is told of them must never point to nothing."""
        try:
            answer = self._jobs.call(JOB, self._store.get(item.key), {"media_type": item.media_type}, cpu_s=CPU_S)
            keys = [self._key(item, "bin", f"-{number}") for number in range(len(answer.blobs))]
            rows = zip(answer.result["pictures"], keys, strict=True)
            made = GuidePictures.model_validate(
                {**answer.result, "pictures": [{**row, "key": key} for row, key in rows], "refusal": None}
            )
        # remembered, with the reason: a guide that cannot be read within its bounds shows nothing
        except RejectedEvidence as error:
            return GuidePictures(refusal=f"it cannot be searched within its bounds ({why_refused(error)})")
        except (ValidationError, KeyError, TypeError, ValueError):
            return GuidePictures(refusal="the reader returned nonsense")
        for key, data in zip(keys, answer.blobs, strict=True):
            self._store.put(key, data, content_type="application/octet-stream")
        return made

    def _key(self, item: EvidenceItem, extension: str, part: str = "") -> str:
        return settled_key(self._org_id, item.evidence_sha256, self._version + part, extension)


def settle_guides(manifest: EvidenceManifest, *, store: ObjectStore, jobs: ConfinedJobs) -> tuple[Undrawn, ...]:
    """Take the pictures out of every guide of an org that is not done yet.

    Returns:
        The guides of which not every picture was looked at, by (file_name, evidence_sha256).

    Raises as `GuidePictureShelf.of`.
    """
    shelf = GuidePictureShelf(manifest.org_id, store=store, jobs=jobs)
    guides = sorted(filter(may_be_guide, manifest.items), key=lambda item: (item.file_name, item.evidence_sha256))
    notes = ((item, shelf.of(item).note()) for item in guides)
    return tuple(
        Undrawn(evidence_sha256=item.evidence_sha256, file_name=item.file_name, reason=note)
        for item, note in notes
        if note is not None
    )

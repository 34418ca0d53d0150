"""Measures of an org's pictures: found in the store by content and version of the measure, made anew in the child.

What must not live here: measuring (`sgd_resources/drawing/measure_picture.py`), or which picture is shown (`find.py`).
"""

from pydantic import ValidationError

from sgd_assets.documents.settled.guide_pictures import GuidePictures, GuidePictureShelf
from sgd_assets.evidence.manifest import EvidenceItem
from sgd_assets.renders.imagery.measures import PictureMeasures
from sgd_resources.code_versions.version import version_of
from sgd_resources.errors import RejectedEvidence
from sgd_resources.ports import ConfinedJobs, ObjectStore
from sgd_resources.storage.derived import read_derived
from sgd_resources.storage.keys import settled_key

JOB = "sgd_resources.drawing.measure_picture:measure_picture"
MEASURE_CPU_S = 6
"""Decoding the largest picture that is measured, in its slowest format, takes about three."""
_RASTERS = ("image/png", "image/jpeg", "image/webp")
_UNREADABLE = PictureMeasures(
    width_px=1, height_px=1, see_through=1.0, entropy=0.0, flatness=1.0, shading=0.0, edges=0.0, colours=0,
    top_colour=1.0, writing=0.0,
)  # fmt: skip
"""Stands for a file that cannot be measured: no imagery, and not asked again."""


def may_be_imagery(item: EvidenceItem) -> bool:
    """Whether the file is a picture of pixels; drawings in SVG are marks far more often than illustrations."""
    return item.media_type in _RASTERS


class PictureShelf:
    """The measures of one org's picture files."""

    def __init__(self, org_id: str, *, store: ObjectStore, jobs: ConfinedJobs) -> None:
        self._org_id = org_id
        self._store = store
        self._jobs = jobs
        self._guides = GuidePictureShelf(org_id, store=store, jobs=jobs)

    def measures(self, item: EvidenceItem) -> PictureMeasures:
        """Of one file; those of a blank for one that cannot be measured within its bounds.

        Raises:
            NotFound: the evidence is not in the store. A retry does not help.
            Unavailable: the store cannot be reached, or no child could be started. Retry.
        """
        key = settled_key(self._org_id, item.evidence_sha256, f"picture@{version_of(JOB)}", "json")
        found = read_derived(self._store, key, PictureMeasures.model_validate_json, what="the measures of a picture")
        if found is None:
            found = self._made(item)
            self._store.put(key, found.model_dump_json().encode(), content_type="application/json")
        return found

    def in_guide(self, item: EvidenceItem) -> GuidePictures:
        """The pictures inside a guide, and what it says of others. Raises as `measures`."""
        return self._guides.of(item)

    def bytes_at(self, key: str) -> bytes:
        """A picture by its key. Raises as `measures`."""
        return self._store.get(key)

    def _made(self, item: EvidenceItem) -> PictureMeasures:
        try:
            answer = self._jobs.call(JOB, self._store.get(item.key), {}, cpu_s=MEASURE_CPU_S)
            return PictureMeasures.model_validate(answer.result)
        except (RejectedEvidence, ValidationError):
            return _UNREADABLE

"""The verdict on a picture's file: ours and untouched, altered, saved anew, somebody else's, or without any proof.

A file + what is known of the org's renders -> `Verified`. The file's bytes are read in the confined child only. What
must not live here: rows, or reading a manifest (`sgd_resources/sealing/read_job.py`).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from sgd_assets.renders.prove.manifest import LABEL
from sgd_resources.errors import CorruptObject, NotFound, RejectedEvidence
from sgd_resources.ports import ConfinedJobs, ObjectStore
from sgd_resources.sandbox.packing import packed

Verdict = Literal["untouched", "altered", "saved_anew", "ours_elsewhere", "not_ours", "unsigned", "unreadable"]
READ, COMPARE = "sgd_resources.sealing.read_job:read_manifest", "sgd_resources.sealing.read_job:compare"
LOOKS_ALIKE_BITS = 10
"""Of 64; JPEG of quality 35 turns up to 6 of a flat picture's."""
SAME_PICTURE = 6.0
"""Mean distance of channels at 128 px, of 255: saving anew gives less than 3, other words on the same layout more."""
_WORDS: dict[Verdict, str] = {
    "untouched": "a picture of this org, exactly as it was delivered",
    "altered": "a picture of this org whose file or manifest was changed after it was delivered",
    "saved_anew": "looks like a picture of this org that was saved anew: its proof is gone with the original file",
    "ours_elsewhere": "signed by this service and unchanged, and not a picture of this org",
    "not_ours": "its manifest is not of this service",
    "unsigned": "carries no manifest and looks like no picture of this org",
    "unreadable": "no PNG, JPEG, WebP, SVG or PDF that can be read",
}
_UNSIGNED_VECTOR = "carries no manifest: that of an SVG or PDF is a file of its own, which has to be shown with it"
_VECTORS = ("image/svg+xml", "application/pdf")


class KnownPicture(Protocol):
    """A picture of the org as its row tells of it."""

    @property
    def render_id(self) -> str: ...  # noqa: D102  # fields of a row

    @property
    def index(self) -> int: ...  # noqa: D102

    @property
    def key(self) -> str: ...  # noqa: D102

    @property
    def sha256(self) -> str: ...  # noqa: D102


class KnownVector(Protocol):
    """A vector file that stands beside a picture, as the render's row tells of it."""

    @property
    def index(self) -> int: ...  # noqa: D102  # fields of a row

    @property
    def sha256(self) -> str: ...  # noqa: D102

    @property
    def manifest_key(self) -> str | None: ...  # noqa: D102

    @property
    def manifest_sha256(self) -> str | None: ...  # noqa: D102


class KnownPictures(Protocol):
    """The org's pictures."""

    def by_sha256(self, sha256: str) -> KnownPicture | None:
        """The one whose delivered file has this hash."""
        ...

    def by_id(self, render_id: str, index: int) -> KnownPicture | None:
        """One of a render; None for another org's."""
        ...

    def vectors_of(self, render_id: str) -> Sequence[KnownVector]:
        """The vector files of a render."""
        ...

    def alike(self, look: int, within_bits: int) -> Sequence[KnownPicture]:
        """Those that look alike, nearest first."""
        ...


@dataclass(frozen=True)
class Verified:
    """What can be said of a file."""

    verdict: Verdict
    sha256: str
    picture: KnownPicture | None = None
    manifest: dict[str, Any] | None = None
    """As `read_manifest` tells it."""
    made_from: tuple[str, int] | None = None
    """Render and index of a picture of this org that somebody else's manifest names as what it was made from."""
    is_vector: bool = False
    """An SVG or PDF, whose manifest is a file of its own."""

    @property
    def message(self) -> str:
        """The verdict in words."""
        return _UNSIGNED_VECTOR if self.verdict == "unsigned" and self.is_vector else _WORDS[self.verdict]


def verify_picture(
    data: bytes,
    known: KnownPictures,
    *,
    anchors_pem: str,
    jobs: ConfinedJobs,
    store: ObjectStore,
    beside: bytes | None = None,
) -> Verified:
    """The verdict on a file.

    Args:
        data: the file, of any origin.
        known: the org's pictures.
        anchors_pem: certificates whose signatures count as ours.
        jobs: reads it, confined.
        store: holds the org's pictures, to compare with.
        beside: the file's manifest where that is a file of its own.

    Raises:
        Unavailable: the store or the confined child is down. Retry.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    own = known.by_sha256(sha256)
    told = _read(data, beside, anchors_pem, jobs)
    if told is None:
        return Verified("untouched" if own else "unreadable", sha256, own)
    manifest: dict[str, Any] | None = told["manifest"]
    if own is not None:
        return Verified("untouched", sha256, own, manifest)
    claimed = _claimed(manifest, known)
    if claimed is not None and manifest is not None:
        if beside is not None and _is_as_delivered(sha256, beside, claimed, known, store):
            return Verified("untouched", sha256, claimed, manifest)
        is_ours = manifest["state"] == "Trusted" or _is_by_us(manifest)
        return Verified("altered" if is_ours else "not_ours", sha256, claimed if is_ours else None, manifest)
    if manifest is not None and manifest["state"] == "Trusted" and LABEL in manifest["assertions"]:
        return Verified("ours_elsewhere", sha256, None, manifest)
    if manifest is not None and manifest["state"] in ("Trusted", "Valid"):
        return Verified("not_ours", sha256, None, manifest, _parent(manifest, known))
    similar = _same_picture(data, told["look"], known, jobs, store)
    if manifest is not None:
        return Verified("altered" if similar else "not_ours", sha256, similar, manifest)
    if similar is not None:
        return Verified("saved_anew", sha256, similar)
    is_vector = told["media_type"] in _VECTORS
    return Verified("unsigned" if told["media_type"] else "unreadable", sha256, is_vector=is_vector)


def _read(data: bytes, beside: bytes | None, anchors_pem: str, jobs: ConfinedJobs) -> dict[str, Any] | None:
    """None for a file that kills or stalls its reader."""
    files, sizes = packed([data, *([beside] if beside is not None else [])])
    try:
        return jobs.call(READ, files, {"sizes": sizes, "anchors_pem": anchors_pem, "labels": [LABEL]}).result
    except RejectedEvidence:
        return None


def _claimed(manifest: dict[str, Any] | None, known: KnownPictures) -> KnownPicture | None:
    """The picture of this org that the manifest says the file is."""
    named = _named((manifest or {}).get("assertions") or {})
    return known.by_id(*named) if named else None


def _parent(manifest: dict[str, Any], known: KnownPictures) -> tuple[str, int] | None:
    for ingredient in manifest.get("ingredients") or ():
        named = _named(ingredient["assertions"])
        if named and known.by_id(*named) is not None:
            return named
    return None


def _is_as_delivered(
    sha256: str, beside: bytes, picture: KnownPicture, known: KnownPictures, store: ObjectStore
) -> bool:
    """Whether file and manifest are a vector file of the picture and its manifest, both to the byte.

    The signature alone does not say so: a C2PA manifest has padding and other bytes that nothing is signed over.
    """
    for file in known.vectors_of(picture.render_id):
        if (file.index, file.sha256) == (picture.index, sha256) and file.manifest_key is not None:
            delivered = file.manifest_sha256 or _sha256_of(file.manifest_key, store)
            return hashlib.sha256(beside).hexdigest() == delivered
    return False


def _sha256_of(key: str, store: ObjectStore) -> str | None:
    """Of a stored manifest whose render's row does not have it: an earlier version made it."""
    try:
        return hashlib.sha256(store.get(key)).hexdigest()
    except (NotFound, CorruptObject):
        return None


def _named(assertions: dict[str, Any]) -> tuple[str, int] | None:
    ours = assertions.get(LABEL) or {}
    render_id, index = ours.get("render_id"), ours.get("index")
    return (render_id, index) if isinstance(render_id, str) and isinstance(index, int) else None


def _is_by_us(manifest: dict[str, Any]) -> bool:
    """Signed by us, whatever else is broken: the certificate is not among what failed."""
    return not any(str(code).startswith("signingCredential.") for code in manifest["failures"])


def _same_picture(
    data: bytes, look: Any, known: KnownPictures, jobs: ConfinedJobs, store: ObjectStore
) -> KnownPicture | None:
    """The nearest of those that look alike, when it is the same picture but for its coding."""
    if not isinstance(look, int):
        return None
    best: tuple[float, KnownPicture] | None = None
    for picture in known.alike(look, LOOKS_ALIKE_BITS):
        try:
            files, sizes = packed([data, store.get(picture.key)])
            apart = jobs.call(COMPARE, files, {"sizes": sizes}).result["apart"]
        except (NotFound, CorruptObject, RejectedEvidence):
            continue
        if isinstance(apart, int | float) and apart < SAME_PICTURE and (best is None or apart < best[0]):
            best = (float(apart), picture)
    return best[1] if best is not None else None

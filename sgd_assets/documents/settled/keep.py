"""Settled files in the store: found there by content and version of the step, made anew when missing or damaged.

EvidenceItem -> what a render may place or set; a refusal is remembered like everything else. What must not live here:
how a file is settled (`make.py`).
"""

import hashlib
from collections.abc import Callable
from typing import TypeVar

from sgd_assets.documents.settled.make import make_font, make_logo
from sgd_assets.documents.settled.model import Settled, SettledFont, SettledLogo, Undrawn
from sgd_assets.evidence.manifest import EvidenceItem, EvidenceManifest
from sgd_resources.code_versions.version import version_of
from sgd_resources.errors import RejectedEvidence
from sgd_resources.ports import ConfinedJobs, ObjectStore
from sgd_resources.side_by_side import side_by_side
from sgd_resources.storage.derived import read_derived
from sgd_resources.storage.keys import settled_key

MAX_LOGO_BYTES = 3_000_000  # logos have kilobytes; photographs, which may be as large as they like, are not settled
_FONT_TYPES = ("font/", "application/font", "application/vnd.ms-opentype", "application/x-font")
_FONT_SUFFIXES = (".ttf", ".otf", ".woff", ".woff2")

S = TypeVar("S", bound=Settled)
Make = Callable[[EvidenceItem, bytes], tuple[S, bytes | None]]


def logo_version() -> str:
    """Of the step that settles a logo: what is stored under another one is not read any more."""
    return f"logo@{version_of('sgd_resources.drawing.settle.logo:settle_logo', make_logo)}"


def font_version() -> str:
    """Of the step that settles a font."""
    return f"font@{version_of('sgd_resources.drawing.settle.font:settle_font', make_font)}"


def is_picture(item: EvidenceItem) -> bool:
    """Whether the file may be a logo: a picture that is not too large for one."""
    return item.media_type.startswith("image/") and item.size_bytes <= MAX_LOGO_BYTES


def is_font(item: EvidenceItem) -> bool:
    """Whether the file is a font, by its type or name."""
    return item.media_type.startswith(_FONT_TYPES) or item.file_name.lower().endswith(_FONT_SUFFIXES)


class SettledFiles:
    """The settled files of one org."""

    def __init__(self, org_id: str, *, store: ObjectStore, jobs: ConfinedJobs) -> None:
        self._org_id = org_id
        self._store = store
        self._jobs = jobs

    def logo(self, item: EvidenceItem) -> SettledLogo:
        """A picture file as a logo.

        Raises:
            NotFound: the evidence is not in the store. A retry does not help.
            Unavailable: the store cannot be reached, or no child could be started. Retry.
        """
        return self._found(SettledLogo, item) or self._made(item, logo_version(), self._make_logo)[0]

    def font(self, item: EvidenceItem) -> SettledFont:
        """A font file as one that sets text. Raises as `logo`."""
        return self._found(SettledFont, item) or self._made(item, font_version(), self._make_font)[0]

    def logo_bytes(self, settled: SettledLogo, item: EvidenceItem) -> bytes:
        """What to draw for a logo.

        Raises:
            RejectedEvidence: it had to be made anew, and is refused now.
            NotFound, Unavailable: as `logo`.
        """
        if settled.drawn_sha256 is None:
            return self._store.get(item.key)
        return self._bytes(settled, item, logo_version()) or _usable(self._made(item, logo_version(), self._make_logo))

    def font_bytes(self, settled: SettledFont, item: EvidenceItem) -> bytes:
        """What to set text with. Raises as `logo_bytes`."""
        return self._bytes(settled, item, font_version()) or _usable(self._made(item, font_version(), self._make_font))

    def _found(self, shape: type[S], item: EvidenceItem) -> S | None:
        version = logo_version() if shape is SettledLogo else font_version()
        key = self._key(item, version, "json")
        return read_derived(self._store, key, shape.model_validate_json, what="the record of a settled file")

    def _bytes(self, settled: Settled, item: EvidenceItem, version: str) -> bytes | None:
        def checked(data: bytes) -> bytes:
            if hashlib.sha256(data).hexdigest() != settled.drawn_sha256:
                raise ValueError("other bytes than were settled")
            return data

        return read_derived(self._store, self._key(item, version, "bin"), checked, what="a settled file")

    def _made(self, item: EvidenceItem, version: str, make: Make[S]) -> tuple[S, bytes | None]:
        """Made anew and kept: the bytes first, for what is told of them must never point to nothing."""
        settled, data = make(item, self._store.get(item.key))
        if data is not None:
            self._store.put(self._key(item, version, "bin"), data, content_type="application/octet-stream")
        told = settled.model_dump_json().encode()
        self._store.put(self._key(item, version, "json"), told, content_type="application/json")
        return settled, data

    def _make_logo(self, item: EvidenceItem, data: bytes) -> tuple[SettledLogo, bytes | None]:
        return make_logo(item, data, jobs=self._jobs)

    def _make_font(self, item: EvidenceItem, data: bytes) -> tuple[SettledFont, bytes | None]:
        return make_font(item, data, jobs=self._jobs)

    def _key(self, item: EvidenceItem, version: str, extension: str) -> str:
        return settled_key(self._org_id, item.evidence_sha256, version, extension)


def settle_evidence(
    manifest: EvidenceManifest, *, store: ObjectStore, jobs: ConfinedJobs, at_once: int = 1
) -> tuple[Undrawn, ...]:
    """Settle every logo and font of an org that is not settled yet; the refused ones by (file_name, evidence_sha256).

    Raises:
        NotFound: evidence that the manifest names is not in the store. A retry does not help.
        Unavailable: the store cannot be reached, or no child could be started. Retry.
    """
    files = SettledFiles(manifest.org_id, store=store, jobs=jobs)

    def settle(item: EvidenceItem) -> Undrawn | None:
        found: Settled = files.font(item) if is_font(item) else files.logo(item)
        if not found.is_refused or found.refusal is None:
            return None
        return Undrawn(evidence_sha256=item.evidence_sha256, file_name=item.file_name, reason=found.refusal)

    items = sorted(
        (item for item in manifest.items if is_picture(item) or is_font(item)),
        key=lambda item: (item.file_name, item.evidence_sha256),
    )
    return tuple(one for one in side_by_side(settle, items, at_once=at_once) if one is not None)


def _usable(made: tuple[Settled, bytes | None]) -> bytes:
    settled, data = made
    if data is None:
        raise RejectedEvidence("reject", "bomb", details={"message": settled.refusal or "it is of no use"})
    return data

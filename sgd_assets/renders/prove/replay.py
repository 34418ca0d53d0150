"""Makes a stored picture again from what was recorded of it, and shows what another canon would change.

Recipe + recorded files -> the unsigned bytes; with the stored manifest put back, the stored file. No model is asked:
generated pictures are among the recorded files. What must not live here: making a picture (`pictures.py`), or rows.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from sgd_assets.canon.model import Canon
from sgd_assets.renders.brand_files import BrandFiles
from sgd_assets.renders.model import RenderPlan
from sgd_assets.renders.pictures import make_picture
from sgd_assets.renders.prove.deliver import MEDIA_TYPES
from sgd_assets.renders.prove.recipe import files_of, load_recipe
from sgd_assets.renders.render import code_version
from sgd_assets.renders.within_bounds import make_within_bounds
from sgd_resources.errors import BrokenContract, Conflict, NotFound
from sgd_resources.ports import ConfinedJobs, ObjectStore
from sgd_resources.provenance.containers import with_manifest
from sgd_resources.sandbox.packing import packed
from sgd_resources.storage.keys import provenance_key

TELL, COMPARE = "sgd_resources.sealing.seal_job:tell", "sgd_resources.sealing.read_job:show_difference"
_COMPARED = (
    "layout", "palette_hex", "background_hex", "text_hex", "accent_hex", "surface_hex", "art_hex", "font_family",
    "heading_font", "body_font", "logo_sha256", "logo_safe_zone_ratio", "logo_ground_hex", "motif", "headline", "body",
)  # fmt: skip


class StoredPicture(Protocol):
    """A picture as its row tells of it."""

    @property
    def render_id(self) -> str: ...  # noqa: D102  # fields of a row

    @property
    def index(self) -> int: ...  # noqa: D102

    @property
    def key(self) -> str: ...  # noqa: D102

    @property
    def unsigned_sha256(self) -> str | None: ...  # noqa: D102


@dataclass(frozen=True)
class Replayed:
    """What came of making a picture again."""

    index: int
    is_unsigned_identical: bool
    """The picture without its manifest is the same bytes."""
    is_identical: bool
    """So is the whole file, with the stored manifest put back."""
    made_by: str
    """Code version that made it first."""
    code_version: str
    """That of today."""


@dataclass(frozen=True)
class Changed:
    """What another canon would change in one picture."""

    index: int
    changes: tuple[str, ...]
    """In words, a line for each part of the plan; empty when nothing changes."""
    apart: float
    """Mean distance of channels at a small size, of 255."""
    shown: bytes
    """PNG: before, after, and where they differ."""


def replay(picture: StoredPicture, *, org_id: str, store: ObjectStore, jobs: ConfinedJobs) -> Replayed:
    """The picture made again.

    Raises:
        NotFound: nothing was recorded, or a recorded file is gone with its evidence.
        CorruptObject: what was recorded, or the stored picture, has changed.
        Unavailable: the store or the confined child is down. Retry.
    """
    recipe = load_recipe(store, org_id, picture.render_id, picture.index)
    made = make_picture(recipe.plan, files_of(recipe, store), recipe.picture_format, jobs)
    media_type = MEDIA_TYPES[recipe.picture_format]
    unsigned = made.data
    if recipe.about is not None:
        unsigned = jobs.call(TELL, made.data, {"media_type": media_type, "about": recipe.about}).blobs[0]
    stored = store.get(picture.key)
    try:
        whole = with_manifest(unsigned, store.get(provenance_key(picture.key)), media_type)
    except NotFound:
        whole = unsigned  # of a picture that was not signed
    known = picture.unsigned_sha256 or hashlib.sha256(stored).hexdigest()
    is_same = hashlib.sha256(unsigned).hexdigest() == known
    return Replayed(picture.index, is_same, whole == stored, recipe.code_version, code_version())


def replay_under(
    picture: StoredPicture, canon: Canon, brand: BrandFiles, *, org_id: str, store: ObjectStore, jobs: ConfinedJobs
) -> Changed:
    """What the picture would be under another canon: the same request, brief and choices. Nothing is stored.

    Raises:
        ValidationFailed: the request cannot be met under that canon.
        Conflict: the words of the request were not kept, so that nobody knows what would be asked of it.
        NotFound, CorruptObject, Unavailable: as `replay`.
    """
    recipe = load_recipe(store, org_id, picture.render_id, picture.index)
    if not recipe.is_whole:
        raise Conflict(
            "the words of this render's request were not kept (SGD_REQUEST_TEXT): "
            "it can be made again as it was, and not under another canon"
        )
    pictures = files_of(recipe, store).pictures
    made = make_within_bounds(
        recipe.body, canon, brand, pictures, brief=recipe.brief, index=picture.index, jobs=jobs,
        direction=recipe.direction_again(), imagery=recipe.imagery,
    )  # fmt: skip
    if made.made_from is None:
        raise BrokenContract("the picture tells not what it was made from")
    files, sizes = packed([store.get(picture.key), made.data])
    answer = jobs.call(COMPARE, files, {"sizes": sizes})
    changes = tuple(_changes(recipe.plan, made.made_from.plan))
    return Changed(picture.index, changes, float(answer.result["apart"]), answer.blobs[0])


def _changes(before: RenderPlan, after: RenderPlan) -> Iterable[str]:
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    for name in _COMPARED:
        if old[name] != new[name]:
            yield f"{name}: {_shown(old[name])} -> {_shown(new[name])}"


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return f"{value.get('family')} {value.get('weight')}"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or "none"
    return "none" if value is None else str(value)

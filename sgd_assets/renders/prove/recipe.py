"""What one picture was made from, to the byte, so that it can be made again: kept with the render, never handed out.

The plan as it went into the confined child, and the hash and place of every file that went with it. A file of evidence
is kept below the evidence's own documents and goes when the evidence is taken back; then the picture cannot be made
again, and a replay says so. What must not live here: making a picture.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import Field, ValidationError

from sgd_assets.renders.brief.model import Brief
from sgd_assets.renders.model import PlannedImagery, RenderPlan
from sgd_assets.renders.picture_files import PictureFiles
from sgd_assets.renders.plan.direction import Direction
from sgd_resources.errors import CorruptObject, NotFound
from sgd_resources.parsed_document import Shape
from sgd_resources.ports import ObjectStore, PictureFormat
from sgd_resources.sandbox.packing import packed, unpacked
from sgd_resources.storage.keys import input_key, recipe_key, settled_key


@dataclass(frozen=True)
class MadeFrom:
    """What a picture was drawn from, and what its plan was drawn up from."""

    plan: RenderPlan
    files: PictureFiles
    body: Mapping[str, Any]
    brief: Brief
    direction: Direction | None
    imagery: PlannedImagery | None
    is_whole: bool = True
    """The words of the request are there as they came."""


class KeptFile(Shape):
    """One file: its bytes lie under `key`."""

    sha256: str
    key: str


class Recipe(Shape):
    """A `MadeFrom` with the places of its files in place of the files."""

    code_version: str = Field(description="of the code that made the picture")
    plan: RenderPlan
    picture_format: PictureFormat
    arguments: dict[str, Any] = Field(description="what the child is told of the files")
    files: tuple[KeptFile, ...]
    about: dict[str, Any] | None = None
    body: dict[str, Any] = Field(description="the request as it was made, after an edit or a template was opened")
    brief: Brief
    direction: dict[str, Any] | None = None
    imagery: PlannedImagery | None = None
    is_whole: bool = Field(default=True, description="body and brief have the words of the request as they came")

    def direction_again(self) -> Direction | None:
        """What a model or an edit directed."""
        if self.direction is None:
            return None
        told = {**self.direction, "unmet": tuple(self.direction["unmet"]), "notes": tuple(self.direction["notes"])}
        return Direction(**told)


def keep_recipe(
    made: MadeFrom,
    *,
    org_id: str,
    render_id: str,
    index: int,
    picture_format: PictureFormat,
    about: dict[str, Any] | None,
    code_version: str,
    store: ObjectStore,
) -> None:
    """Write the recipe, and each file that does not lie in the store as it was drawn. Raises as the store."""
    data, arguments = made.files.packed()
    files = unpacked(data, arguments["sizes"])
    keys = _keys(made.files, files, org_id=org_id, render_id=render_id)
    for (key, is_copy), file in zip(keys, files, strict=True):
        if is_copy and store.stat(key) is None:
            store.put(key, file)
    recipe = Recipe(
        code_version=code_version,
        plan=made.plan,
        picture_format=picture_format,
        arguments={name: value for name, value in arguments.items() if name != "sizes"},
        files=tuple(
            KeptFile(sha256=hashlib.sha256(file).hexdigest(), key=key)
            for (key, _), file in zip(keys, files, strict=True)
        ),
        about=about,
        body=dict(made.body),
        brief=made.brief,
        direction=asdict(made.direction) if made.direction is not None else None,
        imagery=made.imagery,
        is_whole=made.is_whole,
    )
    content = recipe.model_dump_json().encode()
    store.put(recipe_key(org_id, render_id, index), content, content_type="application/json")


def load_recipe(store: ObjectStore, org_id: str, render_id: str, index: int) -> Recipe:
    """What was kept of one picture.

    Raises:
        NotFound: nothing was: it was made by an earlier version.
        CorruptObject: what lies there is no recipe.
    """
    try:
        return Recipe.model_validate_json(store.get(recipe_key(org_id, render_id, index)))
    except NotFound:
        raise NotFound("nothing was recorded of how this picture was made: an earlier version made it") from None
    except ValidationError as error:
        raise CorruptObject("the record of how this picture was made is damaged") from error


def files_of(recipe: Recipe, store: ObjectStore) -> PictureFiles:
    """The files again, each proved by its hash.

    Raises:
        NotFound: one is gone, as when its evidence was taken back; `details` names it.
        CorruptObject: one holds other bytes than it did.
    """
    found = []
    for file in recipe.files:
        try:
            data = store.get(file.key)
        except NotFound:
            details = {"key": file.key, "sha256": file.sha256}
            raise NotFound("a file that the picture was made of is gone", details=details) from None
        if hashlib.sha256(data).hexdigest() != file.sha256:
            raise CorruptObject("a file that the picture was made of has changed", details={"key": file.key})
        found.append(data)
    data, sizes = packed(found)
    return PictureFiles.unpacked(data, {**recipe.arguments, "sizes": sizes})


def _keys(files: PictureFiles, contents: tuple[bytes, ...], *, org_id: str, render_id: str) -> list[tuple[str, bool]]:
    """Where each file lies, in the order of their packing, and whether it is a copy that may have to be made."""
    owners: list[str] = [files.logo.sha256] if files.logo is not None else []
    owners += [font.sha256 for font in files.fonts]
    keys: list[tuple[str, bool]] = []
    for number, data in enumerate(contents):
        sha256 = hashlib.sha256(data).hexdigest()
        if number < len(owners):
            keys.append((settled_key(org_id, owners[number], f"drawn@{sha256}", "bin"), True))
            continue
        name = list(files.pictures)[number - len(owners)]
        is_stored = name.startswith(f"org/{org_id}/")
        keys.append((name, False) if is_stored else (input_key(org_id, render_id, sha256), True))
    return keys

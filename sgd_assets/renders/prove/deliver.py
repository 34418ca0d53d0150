"""Delivers one finished picture: words put in, sealed, stored with its plan, its manifest and its recipe.

The sealed file's hash is the one that answers, rows and audit speak of. What must not live here: making the picture, or
what a manifest says (`manifest.py`).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sgd_assets.renders.model import RenderOutput
from sgd_assets.renders.pictures import MadePicture
from sgd_assets.renders.prove.about import about_picture, title_of
from sgd_assets.renders.prove.kept_text import as_kept
from sgd_assets.renders.prove.manifest import Origin, definition_of, ingredients_of, source_type
from sgd_assets.renders.prove.recipe import keep_recipe
from sgd_resources.contracts import check_output
from sgd_resources.errors import CorruptObject, NotFound
from sgd_resources.llm.safety.request_text import TextKept
from sgd_resources.ports import ObjectStore, PictureFormat, Sealed, Sealer, ToSeal
from sgd_resources.provenance.containers import with_manifest
from sgd_resources.storage.keys import provenance_key, render_key, render_plan_key

MEDIA_TYPES: Mapping[str, str] = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}
MANIFEST_TYPE = "application/c2pa"


@dataclass(frozen=True)
class Delivery:
    """Where the pictures of one request go."""

    org_id: str
    store: ObjectStore
    sealer: Sealer | None = None
    """None leaves pictures unsigned, with no words in them: for parts that show nothing to anybody."""
    text: TextKept = "kept"
    """What of the request's words may stay beside the words that the picture shows."""

    def deliver(
        self, made: MadePicture, origin: Origin, body: Mapping[str, Any], picture_format: PictureFormat
    ) -> RenderOutput:
        """The stored picture.

        Raises:
            StorageFull, Unavailable: from the store, the confined child or the signer. A retry writes the same keys.
            RejectedEvidence: a generated picture's manifest cannot be taken over. No retry.
        """
        made, body = as_kept(made, body, self.text)
        check_output("critique", made.critique.model_dump(mode="json"))
        media_type = MEDIA_TYPES[picture_format]
        about = about_picture(body, made.plan, source_type=source_type(made.plan, origin)) if self.sealer else None
        sealed = self._sealed(made, origin, about, media_type)
        key = render_key(self.org_id, origin.render_id, origin.index, picture_format)
        if sealed is not None:
            sealed = self._as_before(sealed, key, media_type)
        stored = self.store.put(key, sealed.data if sealed else made.data, content_type=media_type)
        assert stored.sha256 is not None
        if sealed is not None:
            self.store.put(provenance_key(key), sealed.manifest, content_type=MANIFEST_TYPE)
        self._keep(made, origin, about, picture_format)
        return RenderOutput(
            index=origin.index,
            key=key,
            sha256=stored.sha256,
            media_type=media_type,
            width_px=made.width_px,
            height_px=made.height_px,
            size_bytes=stored.size_bytes,
            plan=made.plan,
            critique=made.critique,
            unsigned_sha256=hashlib.sha256(sealed.unsigned).hexdigest() if sealed else None,
            look=made.look,
        )

    def sealed_beside(
        self, made: MadePicture, origin: Origin, body: Mapping[str, Any], data: bytes, media_type: str
    ) -> Sealed | None:
        """A vector file of the picture and its manifest, which lies beside it; None where nothing is signed."""
        if self.sealer is None:
            return None
        made, body = as_kept(made, body, self.text)
        about = about_picture(body, made.plan, source_type=source_type(made.plan, origin))
        definition = definition_of(made.plan, origin, title=about["title"], media_type=media_type)
        return self.sealer.seal(ToSeal(data, media_type, None, definition, ingredients_of(made.plan, origin)))

    def _sealed(
        self, made: MadePicture, origin: Origin, about: dict[str, Any] | None, media_type: str
    ) -> Sealed | None:
        if self.sealer is None:
            return None
        title = about["title"] if about else title_of(made.plan)
        definition = definition_of(made.plan, origin, title=title, media_type=media_type)
        return self.sealer.seal(ToSeal(made.data, media_type, about, definition, ingredients_of(made.plan, origin)))

    def _as_before(self, sealed: Sealed, key: str, media_type: str) -> Sealed:
        """What an earlier try delivered, where it made the same picture: no two manifests are the same bytes."""
        if self.store.stat(provenance_key(key)) is None:
            return sealed
        try:
            manifest = self.store.get(provenance_key(key))
            data = with_manifest(sealed.unsigned, manifest, media_type)
            return Sealed(data, sealed.unsigned, manifest) if self.store.get(key) == data else sealed
        except (NotFound, CorruptObject, ValueError):
            return sealed

    def _keep(
        self, made: MadePicture, origin: Origin, about: dict[str, Any] | None, picture_format: PictureFormat
    ) -> None:
        """The plan for edits of the picture, and what a replay makes it from."""
        plan = made.plan.model_dump_json().encode()
        plan_key = render_plan_key(self.org_id, origin.render_id, origin.index)
        self.store.put(plan_key, plan, content_type="application/json")
        if made.made_from is not None:
            keep_recipe(
                made.made_from, org_id=self.org_id, render_id=origin.render_id, index=origin.index,
                picture_format=picture_format, about=about, code_version=origin.code_version, store=self.store,
            )  # fmt: skip

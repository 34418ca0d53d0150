"""Makes the pictures of one render request: validate, plan, compose, judge, mend once, store.

From `render_request` + canon + evidence to `RenderRecord`. The same three give the same bytes. What must not live here:
any choice of layout or colour (`plan.py`), any measure (`critique.py`), any database or run.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sgd_assets.canon.model import Canon
from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_assets.renders.compose import compose
from sgd_assets.renders.critique import critique_picture
from sgd_assets.renders.layout_parts import Kit
from sgd_assets.renders.layouts import lay_out
from sgd_assets.renders.logos import find_logos
from sgd_assets.renders.model import Critique, RenderOutput, RenderPlan, RenderRecord
from sgd_assets.renders.plan import BrandKit, plan_render
from sgd_assets.renders.references import WebPicture, read_references
from sgd_assets.renders.repair import repaired
from sgd_assets.renders.scene import Scene
from sgd_assets.renders.typefaces import TypePair, open_faces, read_brand_fonts
from sgd_resources.contracts import check_input
from sgd_resources.ports import ObjectStore, Painter, PictureFormat, Raster
from sgd_resources.storage.keys import render_key

PASSING_SCORE = 0.999
_MEDIA_TYPES: dict[str, str] = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}


@dataclass(frozen=True)
class _Made:
    plan: RenderPlan
    scene: Scene
    raster: Raster
    data: bytes
    critique: Critique


def render_request(
    body: Mapping[str, Any],
    canon: Canon,
    *,
    org_id: str,
    render_id: str,
    canon_version: str,
    evidence: EvidenceManifest,
    store: ObjectStore,
    painter: Painter,
    web_picture: WebPicture | None = None,
    trace_id: str | None = None,
    on_output: Callable[[int, int], None] | None = None,
) -> RenderRecord:
    """Every picture of a request, stored under its render key, with plan and critique.

    Args:
        body: contract `render_request`.
        canon: the brand's canon.
        org_id: owner of evidence, references and outputs.
        render_id: uuid; part of the keys, not of the pictures.
        canon_version: sha256 of the canon, recorded.
        evidence: the org's clean files; logo, fonts and references come from here.
        store: where evidence lies and pictures go.
        painter: draws and codes, and holds the open fonts.
        web_picture: fetches and cleans an https reference; None refuses them.
        trace_id: recorded; the render id by default.
        on_output: called with (done, count) after each picture.

    Returns:
        The record; `guardrails_ok` is False when a rule stayed broken after one repair, and the critiques say which.

    Raises:
        ValidationFailed: body, constraints or references cannot be met, or the canon lacks colours or fonts. No retry.
        StorageFull, Unavailable: from the store, or from a reference's host. A retry writes the same keys, with the
            same bytes when the reference is the same.
    """
    check_input("render_request", body)
    pictures = read_references(
        body, org_id=org_id, evidence=evidence, store=store, painter=painter, web_picture=web_picture
    )
    kit = BrandKit(
        logos=find_logos(evidence, store=store, painter=painter, palette=canon.palette_hex),
        brand_fonts=read_brand_fonts(evidence, store=store, fonts=painter.fonts),
        fonts=painter.fonts,
    )
    wanted = body["outputs"]
    plans = [plan_render(body, canon, kit, index=index) for index in range(wanted["count"])]
    outputs = []
    for index, plan in enumerate(plans):
        made = _make(plan, kit, pictures, wanted["format"], painter)
        if made.critique.score < PASSING_SCORE and (mended := repaired(plan, made.critique, made.scene)) is not None:
            second = _make(mended, kit, pictures, wanted["format"], painter)
            made = second if second.critique.score > made.critique.score else made
        outputs.append(_stored(made, index, wanted["format"], org_id=org_id, render_id=render_id, store=store))
        if on_output is not None:
            on_output(index + 1, len(plans))
    return RenderRecord(
        render_id=render_id,
        project_id=body["project_id"],
        canon_version=canon_version,
        outputs=tuple(outputs),
        guardrails_ok=all(not output.critique.violations for output in outputs),
        trace_id=trace_id or render_id,
    )


def _make(
    plan: RenderPlan, kit: BrandKit, pictures: Mapping[str, Raster], picture_format: PictureFormat, painter: Painter
) -> _Made:
    assert plan.heading_font is not None
    assert plan.body_font is not None
    pair = TypePair(
        heading=open_faces(plan.heading_font, is_display=True, brand_fonts=kit.brand_fonts, fonts=kit.fonts),
        body=open_faces(plan.body_font, is_display=False, brand_fonts=kit.brand_fonts, fonts=kit.fonts),
    )
    logo = next((art for art in kit.logos if art.sha256 == plan.logo_sha256), None)
    scene = lay_out(plan, Kit(pair, logo))
    raster = compose(scene, painter=painter, pictures=pictures)
    data = painter.encode(raster, picture_format)
    # What a lossy format does to the pixels is part of what the client gets, so the delivered file is judged.
    delivered = raster if picture_format == "png" else painter.decode(data)
    plan = plan.model_copy(
        update={
            "logo_box_px": _rounded(scene.logo.box) if scene.logo else None,
            "picture_boxes_px": tuple(_rounded(picture.box) for picture in scene.pictures),
        }
    )
    critique = critique_picture(delivered, palette=plan.palette_hex, plan=plan, scene=scene, painter=painter)
    return _Made(plan, scene, raster, data, critique)


def _rounded(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (round(value, 2) for value in box)
    return x0, y0, x1, y1


def _stored(
    made: _Made, index: int, picture_format: PictureFormat, *, org_id: str, render_id: str, store: ObjectStore
) -> RenderOutput:
    key = render_key(org_id, render_id, index, picture_format)
    stored = store.put(key, made.data, content_type=_MEDIA_TYPES[picture_format])
    assert stored.sha256 is not None
    return RenderOutput(
        index=index,
        key=key,
        sha256=stored.sha256,
        media_type=_MEDIA_TYPES[picture_format],
        width_px=made.raster.width_px,
        height_px=made.raster.height_px,
        size_bytes=len(made.data),
        plan=made.plan,
        critique=made.critique,
    )

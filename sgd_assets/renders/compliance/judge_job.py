"""The job that judges a picture of any origin, run in the confined child: decode, look, measure, mark.

What the caller knows comes as JSON, the picture and the org's logos as bytes; critique, likeness and the picture with
its findings marked go back. What must not live here: any rule (`compliance/`), looking itself (`sgd_resources/sight`).
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from sgd_assets.renders.compliance.boxes import Pixels
from sgd_assets.renders.compliance.case import BrandRules, Expected, Seen
from sgd_assets.renders.compliance.critique import critique_picture
from sgd_assets.renders.compliance.laid_out_again import scene_again
from sgd_assets.renders.compliance.logo.placed import is_on_picture, logo_stands_as_drawn
from sgd_assets.renders.compliance.marked import marked_svg
from sgd_assets.renders.compliance.picture.duplicate import bits_apart
from sgd_assets.renders.compliance.policy import Profile, RuleSetting
from sgd_assets.renders.compose.scene import Scene
from sgd_assets.renders.model import RenderPlan
from sgd_assets.renders.picture_files import PictureFiles, logo_facts, logo_of
from sgd_resources.drawing.painter import ResvgPainter
from sgd_resources.errors import RejectedEvidence, ValidationFailed
from sgd_resources.ports import Painter, Raster
from sgd_resources.sandbox.packing import unpacked
from sgd_resources.sight.coding import coding_of
from sgd_resources.sight.drawings import Drawing, draw
from sgd_resources.sight.known_place import KnownPlace
from sgd_resources.sight.likeness import likeness_of
from sgd_resources.sight.logos import find_logo
from sgd_resources.sight.small_words import read_small_words
from sgd_resources.sight.words import read_words

Reply = tuple[dict[str, Any], tuple[bytes, ...]]
_MAGIC = ((b"\x89PNG", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"RIFF", "image/webp"))


def judge_candidate(data: bytes, arguments: dict[str, Any]) -> Reply:
    """`{"critique", "likeness", "width_px", "height_px"}`; one blob where `marks`: the picture with its findings, WebP.

    Arguments: `sizes` of the files in `data` (the picture, what its plan was made of as `made_of` tells it, then the
    `logos` that are told of), `palette_hex`, `neutral_hex`, `plan`, `max_pixels`, `profile`, `expected`, `brand`,
    `reads_words`, `alike` as (name, likeness), `marks`.

    Raises:
        RejectedEvidence: `reject:malformed` for a picture that cannot be read, or is larger.
    """
    picture, made, *logos = unpacked(data, arguments["sizes"])
    plan = RenderPlan.model_validate(arguments["plan"]) if arguments["plan"] is not None else None
    raster = _decoded(picture, arguments["max_pixels"])
    pixels = np.frombuffer(raster.rgba, np.uint8).reshape(raster.height_px, raster.width_px, 4)
    rgb = np.ascontiguousarray(pixels[..., :3])
    scene = _scene(plan, made, arguments["made_of"], pixels)
    is_doubtful = scene is None and arguments["made_of"] is not None
    likeness = likeness_of(rgb)
    # A logo that stands exactly as it was drawn need not be looked for.
    is_as_drawn = scene is not None and logo_stands_as_drawn(pixels, scene, _painter())
    drawings = [] if is_as_drawn else _drawings(logos, arguments["logos"])
    is_read = arguments["reads_words"] or is_doubtful
    seen = Seen(
        lines=read_words(rgb) if is_read else None,
        small_lines=read_small_words(rgb) if is_read and scene is None else (),
        logo=find_logo(rgb, drawings, placed=_placed(scene) if drawings else None),
        has_looked_for_logo=bool(drawings),
        coding=coding_of(picture, rgb),
        media_type=next((kind for magic, kind in _MAGIC if picture.startswith(magic)), None),
        alike=tuple((name, bits_apart(likeness, other)) for name, other in arguments["alike"])
        if arguments["alike"] is not None
        else None,
    )
    critique = critique_picture(
        raster,
        palette=arguments["palette_hex"],
        neutrals=arguments["neutral_hex"],
        plan=plan,
        scene=scene,
        painter=_painter() if scene is not None else None,
        seen=seen,
        expected=_expected(arguments["expected"]),
        brand=_brand(arguments["brand"]),
        profile=_profile(arguments["profile"]),
        tells_rules=True,
    )
    head = {
        "critique": critique.model_dump(mode="json"),
        "likeness": likeness,
        "width_px": raster.width_px,
        "height_px": raster.height_px,
    }
    marked = arguments["marks"] and any(finding.boxes for finding in critique.findings)
    return head, ((_marked(raster, critique.findings),) if marked else ())


def _scene(plan: RenderPlan | None, made: bytes, told: Mapping[str, Any] | None, pixels: Pixels) -> Scene | None:
    if plan is None or told is None:
        return None
    return scene_again(plan, PictureFiles.unpacked(made, told), pixels, _painter())


def _decoded(picture: bytes, max_pixels: int) -> Raster:
    try:
        return ResvgPainter(fonts=_painter().fonts, max_pixels=max_pixels).decode(picture)
    except ValidationFailed as error:
        raise RejectedEvidence("reject", "malformed", details={**error.details, "message": error.message}) from error


def _placed(scene: Scene | None) -> KnownPlace | None:
    """Where the scene has its logo; None on a picture, whose ground is no one colour."""
    if scene is None or scene.logo is None or is_on_picture(scene):
        return None
    art = scene.logo.art
    drawing = _drawing(art.data, json.dumps(logo_facts(art)))
    return KnownPlace(drawing, scene.logo.box, scene.logo.ground_hex) if drawing is not None else None


def _drawings(files: Sequence[bytes], told: Sequence[Mapping[str, Any]]) -> list[Drawing]:
    """The org's logos as they are looked for; one that cannot be drawn is looked for by its other files."""
    return [drawing for one, data in zip(told, files, strict=True) if (drawing := _drawing(data, json.dumps(one)))]


@lru_cache(maxsize=32)
def _drawing(data: bytes, told: str) -> Drawing | None:
    logo = logo_of(json.loads(told), data)
    try:
        return draw(
            data, logo.media_type, name=logo.file_name, sha256=logo.sha256, frame_aspect=logo.frame_aspect,
            ink=logo.ink, painter=_painter(),
        )  # fmt: skip
    except ValidationFailed:
        return None


def _marked(raster: Raster, findings: Any) -> bytes:
    painter = _painter()
    face = painter.fonts.face("Inter", weight=700)
    drawn = painter.draw(marked_svg(raster.width_px, raster.height_px, findings, face))
    over = np.frombuffer(drawn.rgba, np.uint8).reshape(raster.height_px, raster.width_px, 4).astype(np.uint16)
    under = np.frombuffer(raster.rgba, np.uint8).reshape(raster.height_px, raster.width_px, 4).astype(np.uint16)
    alpha = over[..., 3:]
    mixed = under.copy()
    mixed[..., :3] = (over[..., :3] * alpha + under[..., :3] * (255 - alpha) + 127) // 255
    mixed[..., 3:] = np.maximum(alpha, under[..., 3:])
    return painter.encode(Raster(raster.width_px, raster.height_px, mixed.astype(np.uint8).tobytes()), "webp")


def _expected(told: Mapping[str, Any]) -> Expected:
    lines = told["lines"]
    return Expected(
        lines=tuple(lines) if lines is not None else None,
        width_px=told["width_px"],
        height_px=told["height_px"],
        formats=tuple(told["formats"]),
    )


def _brand(told: Mapping[str, Any]) -> BrandRules:
    return BrandRules(
        **{
            **told,
            "logo_names": tuple(told["logo_names"]),
            "banned_words": tuple(told["banned_words"]),
            "proportions": tuple((hex_value, share) for hex_value, share in told["proportions"]),
        }
    )


def _profile(told: Mapping[str, Any]) -> Profile:
    return Profile(told["name"], {name: RuleSetting(**setting) for name, setting in told["rules"].items()})


@lru_cache(maxsize=1)
def _painter() -> Painter:
    return ResvgPainter()

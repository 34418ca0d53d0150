"""The jobs that make and judge one picture, run in the confined child: lay out, shape, draw, code, measure, mend once.

Everything that a stranger's glyphs, paths and pixels pass through is here. Plan and files in; the coded picture, its
final plan and its critique out. What must not live here: any choice of layout or colour (`plan/planner.py`), any store.
"""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from time import perf_counter
from typing import Any

import numpy as np

from sgd_assets.renders.compliance.critique import critique_picture
from sgd_assets.renders.compliance.policy import compliance_policy
from sgd_assets.renders.compliance.repair import repaired
from sgd_assets.renders.compose.backdrop.replace import lacks_colour
from sgd_assets.renders.compose.backdrop.sight import sight_of
from sgd_assets.renders.compose.draw import compose
from sgd_assets.renders.compose.layouts.catalogue import FAMILIES
from sgd_assets.renders.compose.layouts.lay_out import lay_out
from sgd_assets.renders.compose.logos import LogoArt
from sgd_assets.renders.compose.parts.canvas import Kit
from sgd_assets.renders.compose.scene import Scene
from sgd_assets.renders.compose.sizes import headline_px, unmet_sizes
from sgd_assets.renders.compose.type.faces_of_plan import faces_of_plan
from sgd_assets.renders.compose.type.settable import Unsettable
from sgd_assets.renders.compose.typefaces import BrandFont
from sgd_assets.renders.compose.wished_colours import unmet_part_colours
from sgd_assets.renders.model import Critique, RenderPlan
from sgd_assets.renders.picture_files import PictureFiles
from sgd_assets.renders.progress import Step
from sgd_assets.renders.vectors.pdf_file import pdf_file
from sgd_assets.renders.vectors.svg_file import svg_file
from sgd_resources.drawing.painter import ResvgPainter
from sgd_resources.errors import RejectedEvidence, ValidationFailed
from sgd_resources.parsed_document import Bbox
from sgd_resources.picture_element import decoded
from sgd_resources.ports import Painter, PictureFormat, Raster
from sgd_resources.sealing.look import look_of_raster
from sgd_resources.sight.likeness import likeness_of

Reply = tuple[dict[str, Any], tuple[bytes, ...]]

PASSING_SCORE = 0.999  # 1.0 but for rounding: anything measured takes off more
_KEPT_PIXELS = 16_000_000
"""Up to so many, a decoded picture is kept for the next job of this child: four bytes each."""


@dataclass(frozen=True)
class _Made:
    plan: RenderPlan
    scene: Scene
    raster: Raster
    data: bytes
    critique: Critique


@dataclass
class _Watch:
    """How long each step took, in order."""

    steps: list[tuple[Step, float]] = field(default_factory=list)
    _since: float = field(default_factory=perf_counter)

    def ended(self, step: Step) -> None:
        """A step ended that began with the end of the one before."""
        now = perf_counter()
        self.steps.append((step, now - self._since))
        self._since = now


def warm() -> None:
    """What every picture needs, made once in the fork server, for all its children."""
    _painter()
    compliance_policy()


def check_words(data: bytes, arguments: dict[str, Any]) -> Reply:
    """`{}` when every letter of the plan has a face, else `unsettable` as `make_picture`; arguments as there."""
    plan = RenderPlan.model_validate(arguments["plan"])
    files = PictureFiles.unpacked(data, arguments)
    try:
        with _refusing():
            faces_of_plan(plan, files.fonts, _painter().fonts)
    except Unsettable as error:
        return _unsettable(error)
    return {}, ()


def make_picture(data: bytes, arguments: dict[str, Any]) -> Reply:
    """`{"plan", "critique", "width_px", "height_px", "steps", "look"}`, the picture's file and those of `also`.

    In their place `{"unsettable": {"message", "details"}}` where no font has the letters of its words.

    Arguments as `PictureFiles` packs them: `plan`, `format`, and what the run of bytes holds.

    Raises:
        RejectedEvidence: `reject:malformed` for a reference or font that cannot be read.
    """
    plan = RenderPlan.model_validate(arguments["plan"])
    files = PictureFiles.unpacked(data, arguments)
    watch = _Watch()
    try:
        made, pictures = _made(plan, files, arguments["format"], watch)
    except Unsettable as error:
        return _unsettable(error)
    _forget_if_large(pictures.values())
    vectors = tuple(_vectors(made, pictures, arguments))
    head = {
        "plan": made.plan.model_dump(mode="json"),
        "critique": made.critique.model_dump(mode="json"),
        "width_px": made.raster.width_px,
        "height_px": made.raster.height_px,
        "steps": watch.steps,
        "look": look_of_raster(made.raster),
    }
    return head, (made.data, *vectors)


def read_picture(data: bytes, arguments: dict[str, Any]) -> Reply:
    """`{"width_px", "height_px"}` of a PNG, JPEG or WebP that was really decoded.

    Raises:
        RejectedEvidence: `reject:malformed`.
    """
    with _refusing():
        raster = decoded(data, _painter())
    _forget_if_large([raster])
    return {"width_px": raster.width_px, "height_px": raster.height_px}, ()


def _made(
    plan: RenderPlan, files: PictureFiles, picture_format: PictureFormat, watch: _Watch
) -> tuple[_Made, dict[str, Raster]]:
    """The picture of a plan, or of the plan as its first picture's critique mends it, and the decoded pictures."""
    with _refusing():
        pictures = {key: decoded(picture, _painter()) for key, picture in files.pictures.items()}
        made = _make(plan, files.logo, files.fonts, pictures, picture_format, watch)
        if made.critique.score < PASSING_SCORE and (mended := repaired(plan, made.critique, made.scene)) is not None:
            second = _make(mended, files.logo, files.fonts, pictures, picture_format)
            watch.ended("repair")
            made = second if second.critique.score > made.critique.score else made
    return made, pictures


def _make(
    plan: RenderPlan,
    logo: LogoArt | None,
    brand_fonts: tuple[BrandFont, ...],
    pictures: Mapping[str, Raster],
    picture_format: PictureFormat,
    watch: _Watch | None = None,
) -> _Made:
    painter = _painter()
    plan, pair = faces_of_plan(plan, brand_fonts, _painter().fonts)
    sights = {key: sight_of(picture, painter) for key, picture in pictures.items()} if _is_bled(plan) else {}
    scene = lay_out(plan, Kit(pair, logo, sights))
    raster = compose(scene, painter=painter, pictures=pictures)
    data = painter.encode(raster, picture_format)
    # What a lossy format does to the pixels is part of what the client gets, so the delivered file is judged.
    delivered = raster if picture_format == "png" else painter.decode(data)
    plan = plan.model_copy(
        update={
            "layout": scene.layout,
            "unmet": (
                *plan.unmet,
                *(f"{part}: {words}: no room at {plan.width_px}x{plan.height_px}" for part, words in scene.dropped),
                *unmet_sizes(plan.size_wishes, scene),
                *unmet_part_colours(plan.colour_wishes, scene),
                *_unmet_colours(scene, pictures),
            ),
            "logo_box_px": _rounded(scene.logo.box) if scene.logo else None,
            "picture_boxes_px": _picture_boxes(scene),
            "headline_px": headline_px(scene),
        }
    )
    if watch is not None:
        watch.ended("compose")
    critique = critique_picture(delivered, palette=plan.palette_hex, plan=plan, scene=scene, painter=painter)
    pixels = np.frombuffer(delivered.rgba, np.uint8).reshape(delivered.height_px, delivered.width_px, 4)
    critique = critique.model_copy(update={"likeness": likeness_of(pixels[..., :3])})
    if watch is not None:
        watch.ended("measure")
    return _Made(plan, scene, raster, data, critique)


def _is_bled(plan: RenderPlan) -> bool:
    """Whether a picture is to lie under the words: then it is looked at before they are placed."""
    return plan.layout is not None and FAMILIES[plan.layout].art == "backdrop"


def _vectors(made: _Made, pictures: Mapping[str, Raster], arguments: Mapping[str, Any]) -> Iterator[bytes]:
    """The files of `also`, in order: the same composition as vectors."""
    for wanted in arguments.get("also") or ():
        if wanted == "svg":
            yield svg_file(made.scene, pictures, _painter())
        else:
            title = made.plan.headline or made.plan.goal
            yield pdf_file(made.scene, pictures, _painter(), inks=arguments.get("inks") or {}, title=title)


def _unmet_colours(scene: Scene, pictures: Mapping[str, Raster]) -> Iterator[str]:
    if scene.backdrop is None:
        return
    for was, now in scene.backdrop.replaced:
        if lacks_colour(pictures[scene.backdrop.key], was):
            yield f"edit: colour {was} set {now}: the picture has no such flat colour"


def _picture_boxes(scene: Scene) -> tuple[Bbox, ...]:
    page: tuple[Bbox, ...] = ((0.0, 0.0, float(scene.width_px), float(scene.height_px)),)
    return (*(page if scene.backdrop is not None else ()), *(_rounded(picture.box) for picture in scene.pictures))


def _unsettable(error: Unsettable) -> Reply:
    return {"unsettable": {"message": error.message, "details": dict(error.details)}}, ()


@lru_cache(maxsize=1)
def _painter() -> Painter:
    return ResvgPainter()


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    """What cannot be read is a refusal, in the words of whoever could not read it."""
    try:
        yield
    except Unsettable:
        raise
    except ValidationFailed as error:
        raise RejectedEvidence("reject", "malformed", details={**error.details, "message": error.message}) from error


def _forget_if_large(rasters: Iterable[Raster]) -> None:
    if sum(raster.width_px * raster.height_px for raster in rasters) > _KEPT_PIXELS:
        decoded.cache_clear()


def _rounded(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (round(value, 2) for value in box)
    return x0, y0, x1, y1

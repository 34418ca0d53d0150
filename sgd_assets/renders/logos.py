"""Which of the org's files is the logo, how it measures, and on which grounds it can be read. Never recolours anything.

From the evidence manifest to `LogoArt`: the file, the box of its ink, its ink colours. The choice between variants is
by contrast with the ground it will stand on.
"""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sgd_assets.evidence.manifest import EvidenceItem, EvidenceManifest
from sgd_assets.renders.colour import delta_e, hex_of, oklch, relative_luminance, rgb_of
from sgd_resources.errors import ValidationFailed
from sgd_resources.ports import ObjectStore, Painter, Raster

_NAME_SCORES = (
    (r"logo(?!type sample)", 6.0),
    (r"lock-?up", 5.0),
    (r"word-?mark|logotype", 4.0),
    (r"brand-?mark|symbol|\bmark\b|emblem", 2.5),
    (r"icon|glyph|avatar|pfp|favicon|puck", 1.0),
    (r"horizontal|horz|primary|full", 1.5),
    (r"colou?r\b|rgb", 0.8),
    (r"stacked|vertical|secondary", -0.4),
    (r"print|cmyk", -1.0),
    (r"mis-?use|don'?t|wrong|incorrect|\bbad\b|avoid", -20.0),
    (r"clear-?space|safe-?zone|safe-?area|minimum|construction|\bgrid\b", -20.0),
    (r"palette|swatch|colou?rs\b|typograph|heading|font|sample|specimen", -12.0),
    (
        r"template|slide|deck|cover|header|banner|card|hero|open-?graph|screenshot|poster|photo|background|pattern|social|"
        r"mock",
        -8.0,
    ),
)
_PROBE_PX = 320
_MAX_LOGO_BYTES = 3_000_000
_MIN_SCORE = 0.5
COMFORTABLE = 0.62
"""Legibility from which a logo stands on a ground without help."""
BARELY = 0.4


@dataclass(frozen=True)
class InkColour:
    """One colour of a logo's ink and its share."""

    hex: str
    share: float


@dataclass(frozen=True)
class LogoArt:
    """A logo file as it can be placed.

    `frame_aspect` is the file's width over height; `ink` the box of what is visible in it, as shares (x0, y0, x1, y1).
    `plate_hex` is set when the file carries its own opaque ground.
    """

    sha256: str
    file_name: str
    media_type: str
    data: bytes
    frame_aspect: float
    ink: tuple[float, float, float, float]
    colours: tuple[InkColour, ...]
    plate_hex: str | None
    name_score: float

    @property
    def aspect(self) -> float:
        """Width over height of the ink."""
        x0, y0, x1, y1 = self.ink
        return self.frame_aspect * (x1 - x0) / (y1 - y0)

    def legibility(self, ground_hex: str) -> float:
        """Share of the ink that stands out from a ground (contrast of 3 and more counts in full), 0..1."""
        if self.plate_hex is not None:
            return 1.0 if self.plate_hex == ground_hex else 0.0
        ground = float(relative_luminance(np.array(rgb_of(ground_hex))))
        total = 0.0
        for colour in self.colours:
            ink = float(relative_luminance(np.array(rgb_of(colour.hex))))
            ratio = (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05)
            total += colour.share * min(max((ratio - 1.4) / 1.6, 0.0), 1.0)
            # White details on white are part of many logos; a coloured part that melts into the ground is a lost part.
            if (
                colour.share >= 0.04
                and ratio < 1.35
                and oklch(colour.hex)[1] > 0.04
                and delta_e(colour.hex, ground_hex) < 18
            ):
                return 0.0
        return total


def find_logos(
    evidence: EvidenceManifest, *, store: ObjectStore, painter: Painter, palette: Sequence[str]
) -> tuple[LogoArt, ...]:
    """The org's logo files, likeliest first; files that show a logo's rules, a picture or a sample are left out."""
    scored = sorted(
        ((_name_score(item), item) for item in evidence.items if item.media_type.startswith("image/")),
        key=lambda pair: (-pair[0], pair[1].file_name, pair[1].evidence_sha256),
    )
    arts = []
    for score, item in scored[:12]:
        if score < _MIN_SCORE or item.size_bytes > _MAX_LOGO_BYTES:
            continue
        art = measure_logo(store.get(item.key), item.media_type, item.evidence_sha256, item.file_name, score, painter)
        if art is not None:
            arts.append(art)
    return tuple(sorted(arts, key=lambda art: (-_rank(art), art.file_name, art.sha256)))


def choose_logo(logos: Sequence[LogoArt], ground_hex: str, *, least: float = COMFORTABLE) -> LogoArt | None:
    """The likeliest logo that can be read on a ground; among near equals the more legible one. None when none can."""
    readable = [(art, art.legibility(ground_hex)) for art in logos]
    readable = [(art, value) for art, value in readable if value >= least]
    if not readable:
        return None
    best = max(_rank(art) for art, _ in readable)
    near = [(art, value) for art, value in readable if _rank(art) >= best - 3.5]
    # A variant that is only just readable gives way to one made for such a ground.
    clearest = min(max(value for _, value in near), 0.85)
    clear = [(art, value) for art, value in near if value >= clearest]
    return max(clear, key=lambda pair: pair[1] * 3 + _rank(pair[0]))[0]


@lru_cache(maxsize=24)
def measure_logo(
    data: bytes, media_type: str, sha256: str, file_name: str, score: float, painter: Painter
) -> LogoArt | None:
    """A file's ink, measured on its own pixels; None when nothing usable is visible in it."""
    if "svg" in media_type and re.search(rb"<(?:\w+:)?(?:text|foreignObject|script)\b", data):
        return None  # its letters depend on fonts we may not have: drawn, it would not be the logo
    try:
        aspect = _frame_aspect(data, media_type, painter)
        width = _PROBE_PX if aspect >= 1 else max(8, round(_PROBE_PX * aspect))
        height = _PROBE_PX if aspect < 1 else max(8, round(_PROBE_PX / aspect))
        raster = painter.draw(framed(data, media_type, width, height, painter))
    except ValidationFailed:
        return None
    pixels = np.frombuffer(raster.rgba, np.uint8).reshape(raster.height_px, raster.width_px, 4)
    is_ink = pixels[..., 3] > 24
    if is_ink.mean() < 0.01:
        return None
    plate = _plate(pixels)
    if plate is not None:
        is_ink = np.abs(pixels[..., :3].astype(np.int16) - np.array(rgb_of(plate))).max(axis=-1) > 24
        if is_ink.mean() < 0.005:
            return None
    rows, columns = np.flatnonzero(is_ink.any(axis=1)), np.flatnonzero(is_ink.any(axis=0))
    box = (
        float(columns[0]) / width,
        float(rows[0]) / height,
        float(columns[-1] + 1) / width,
        float(rows[-1] + 1) / height,
    )
    return LogoArt(sha256, file_name, media_type, data, aspect, box, _ink_colours(pixels[is_ink]), plate, score)


def framed(data: bytes, media_type: str, width: float, height: float, painter: Painter) -> str:
    """An SVG of the given size that shows the whole file."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}">'
        f"{image_element(data, media_type, 0, 0, width, height, painter)}</svg>"
    )


def image_element(
    data: bytes, media_type: str, x: float, y: float, width: float, height: float, painter: Painter
) -> str:
    """The file as an SVG image element; raster files are resampled to the size they are drawn at."""
    if "svg" in media_type:
        source, kind = data, "image/svg+xml"
    else:
        raster = painter.resize(_decoded(data, painter), max(1, round(width)), max(1, round(height)))
        source, kind = painter.encode(raster, "png"), "image/png"
    encoded = base64.b64encode(source).decode()
    return (
        f'<image x="{x:.3f}" y="{y:.3f}" width="{width:.3f}" height="{height:.3f}" preserveAspectRatio="xMidYMid meet" '
        f'href="data:{kind};base64,{encoded}"/>'
    )


@lru_cache(maxsize=2)
def _decoded(data: bytes, painter: Painter) -> Raster:
    return painter.decode(data)


def _frame_aspect(data: bytes, media_type: str, painter: Painter) -> float:
    if "svg" not in media_type:
        raster = _decoded(data, painter)
        return raster.width_px / raster.height_px
    root = re.search(rb"<(?:\w+:)?svg\b[^>]*>", data, re.S)
    if root is None:
        raise ValidationFailed("the SVG has no root element")
    tag = root.group(0).decode("utf-8", "replace")
    size = [
        re.search(rf'\b{side}\s*=\s*["\']\s*([\d.]+)\s*(?:px|pt|mm|cm|in)?\s*["\']', tag)
        for side in ("width", "height")
    ]
    box = re.search(r'viewBox\s*=\s*["\']\s*[-\d.eE]+[\s,]+[-\d.eE]+[\s,]+([\d.eE]+)[\s,]+([\d.eE]+)', tag)
    if size[0] and size[1]:
        width, height = float(size[0].group(1)), float(size[1].group(1))
    elif box:
        width, height = float(box.group(1)), float(box.group(2))
    else:
        raise ValidationFailed("the SVG states no size")
    if not (0 < width < 1e6 and 0 < height < 1e6 and 1 / 30 < width / height < 30):
        raise ValidationFailed("the SVG has no usable size")
    return width / height


def _plate(pixels: NDArray[np.uint8]) -> str | None:
    """The one opaque colour all round the border, or None."""
    border = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    if (border[:, 3] < 250).mean() > 0.1:
        return None
    median = np.median(border[:, :3], axis=0)
    is_even = (np.abs(border[:, :3].astype(np.float64) - median).max(axis=1) < 12).mean() > 0.9
    # An uneven border is a full-bleed tile: it brings no one ground that could be matched, and needs none.
    return hex_of([round(float(part)) for part in median]) if is_even else None


def _ink_colours(ink: NDArray[np.uint8]) -> tuple[InkColour, ...]:
    solid = ink[ink[:, 3] > 200] if (ink[:, 3] > 200).any() else ink
    coarse = (solid[:, :3].astype(np.uint32) // 16) @ np.array([256, 16, 1], dtype=np.uint32)
    keys, inverse, counts = np.unique(coarse, return_inverse=True, return_counts=True)
    order = np.argsort(-counts)[:12]
    kept = counts[order].sum()
    return tuple(
        InkColour(
            hex_of([round(float(v)) for v in solid[inverse == index, :3].mean(axis=0)]), float(counts[index] / kept)
        )
        for index in order
        if len(keys)
    )


def _name_score(item: EvidenceItem) -> float:
    name = re.sub(r"[_.\s]+", " ", item.file_name.rsplit(".", 1)[0].lower())
    score = sum(points for pattern, points in _NAME_SCORES if re.search(pattern, name))
    if "svg" in item.media_type:
        score += 1.5
    elif "jpeg" in item.media_type:
        score -= 2.0
    return score


def _rank(art: LogoArt) -> float:
    """Name, file kind, and a shape that sets well beside text: between 1:1 and 6:1, with little ink box to spare."""
    shape = 0.0 if 0.8 <= art.aspect <= 7 else -1.5
    return art.name_score + shape - (3.0 if art.plate_hex else 0.0) + (0.6 if art.aspect > 1.6 else 0.0)

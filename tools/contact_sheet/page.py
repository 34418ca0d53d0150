"""One HTML page and one PNG of all pictures, each small, with its layout and what it leaves open."""

from dataclasses import dataclass
from html import escape
from pathlib import Path

import numpy as np

from sgd_resources.drawing.painter import ResvgPainter
from sgd_resources.ports import Raster

_CELL_PX, _COLUMNS, _GAP_PX = 360, 6, 12


@dataclass(frozen=True)
class Shot:
    """One picture of the sheet."""

    brand: str
    file: Path
    size: str
    layout: str
    score: float
    open: tuple[str, ...]
    """Broken rules and unmet wishes."""


def write_page(shots: list[Shot], folder: Path) -> Path:
    """`index.html` beside the pictures."""
    cells = "".join(
        f'<figure><a href="{shot.file.name}"><img loading="lazy" src="{shot.file.name}" alt=""></a>'
        f"<figcaption>{escape(shot.brand)} {shot.size} {escape(shot.layout)} {shot.score:g}"
        f"{''.join(f'<br><b>{escape(line)}</b>' for line in shot.open)}</figcaption></figure>"
        for shot in shots
    )
    style = (
        "body{font:12px sans-serif;display:flex;flex-wrap:wrap;gap:12px;background:#ddd}"
        "figure{margin:0;width:360px}img{max-width:360px;max-height:360px}b{color:#a00;font-weight:400}"
    )
    page = folder / "index.html"
    page.write_text(
        f"<!doctype html><meta charset=utf-8><title>Contact sheet</title><style>{style}</style>{cells}", "utf-8"
    )
    return page


def write_sheet(files: list[Path], target: Path) -> Path:
    """The pictures in a grid as one PNG."""
    painter = ResvgPainter()
    rows = -(-len(files) // _COLUMNS)
    step = _CELL_PX + _GAP_PX
    sheet = np.full((rows * step, _COLUMNS * step, 4), (221, 221, 221, 255), np.uint8)
    for index, file in enumerate(files):
        raster = painter.decode(file.read_bytes())
        scale = min(_CELL_PX / raster.width_px, _CELL_PX / raster.height_px, 1.0)
        small = painter.resize(raster, max(1, round(raster.width_px * scale)), max(1, round(raster.height_px * scale)))
        pixels = np.frombuffer(small.rgba, np.uint8).reshape(small.height_px, small.width_px, 4)
        y, x = index // _COLUMNS * step, index % _COLUMNS * step
        sheet[y : y + small.height_px, x : x + small.width_px] = pixels
    target.write_bytes(painter.encode(Raster(sheet.shape[1], sheet.shape[0], sheet.tobytes()), "png"))
    return target

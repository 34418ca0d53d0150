"""Draws a card as a page in headless Chromium, as a web template or a slide export does.

One browser serves a whole run; without Chromium or Playwright there are no cards of this kind, and `missing` says so.
"""

import base64
import html
import io
import shutil
from importlib.util import find_spec
from types import TracebackType
from typing import Any

from PIL import Image

from tests.compliance.cards.card import Box, Card, Shape

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def missing() -> str | None:
    """Why pages cannot be drawn here, or None."""
    if CHROMIUM is None:
        return "Chromium is not installed"
    return None if find_spec("playwright") else "playwright is not installed"


class Browser:
    """A headless browser, opened at the first page and closed at the end of the block."""

    def __init__(self) -> None:
        self._playwright: Any = None
        self._browser: Any = None
        self._page: Any = None

    def __enter__(self) -> "Browser":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._browser is not None:
            self._browser.close()
            self._playwright.stop()
            self._browser = None

    def draw(self, card: Card) -> Image.Image:
        """The card as RGB pixels."""
        if self._browser is None:
            from playwright.sync_api import sync_playwright

            self._playwright = sync_playwright().start()
            self._browser = self._playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            self._page = self._browser.new_page()
        self._page.set_viewport_size({"width": card.width, "height": card.height})
        self._page.set_content(page_of(card))
        self._page.evaluate("document.fonts.ready.then(() => true)")
        data = self._page.screenshot(type="png")
        return Image.open(io.BytesIO(data)).convert("RGB")


def page_of(card: Card) -> str:
    """The card as one page without any address in it."""
    faces = {line.face for line in card.lines}
    names = {face: f"face{number}" for number, face in enumerate(sorted(faces, key=lambda f: (str(f.path), f.weight)))}
    rules = "".join(
        f"@font-face{{font-family:{name};font-weight:100 900;"
        f"src:url(data:font/ttf;base64,{base64.b64encode(face.path.read_bytes()).decode()})}}"
        for face, name in names.items()
    )
    parts = [_picture(one.image, one.box) for one in card.photos]
    parts += [_shape(shape) for shape in card.shapes]
    if card.logo is not None:
        parts.append(_picture(card.logo.image, card.logo.box))
    for line in card.lines:
        ascent, descent = line.face.at(line.size_px).getmetrics()
        font = f"{line.face.weight} {line.size_px}px/{ascent + descent}px {names[line.face]}"
        parts.append(
            f'<div style="left:{line.x}px;top:{line.y}px;white-space:pre;color:{line.hex};'
            f'font:{font}">{html.escape(line.text)}</div>'
        )
    parts += [_shape(shape) for shape in card.over]
    style = f"{rules}body{{margin:0;background:{card.ground};overflow:hidden}}div,img{{position:absolute}}"
    return f"<!doctype html><meta charset=utf-8><style>{style}</style><body>{''.join(parts)}"


def _shape(shape: Shape) -> str:
    radius = "border-radius:50%;" if shape.is_round else ""
    return f'<div style="{radius}{_at(shape.box)}background:{shape.hex}"></div>'


def _picture(image: Image.Image, box: Box) -> str:
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    return f'<img style="{_at(box)}" src="data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}">'


def _at(box: Box) -> str:
    return f"left:{box[0]}px;top:{box[1]}px;width:{box[2] - box[0]}px;height:{box[3] - box[1]}px;"

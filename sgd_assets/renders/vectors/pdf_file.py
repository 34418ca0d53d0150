"""A scene as a PDF of one page: areas and real text as vectors, in the inks that the guide states for a colour.

A pixel of the picture is 1/96 inch. Colours without stated inks are sRGB with its profile. A logo that is not plain
areas, and photographs, are embedded as pixels. What must not live here: what stands where, or how a page is written
(`sgd_resources/drawing/vectors`).
"""

from collections.abc import Iterator, Mapping

from sgd_assets.renders.compose.draw import layers_of, logo_clip
from sgd_assets.renders.compose.scene import LogoPlacement, Scene, TextPlacement
from sgd_resources.drawing.vectors.page import Inks, PdfPage
from sgd_resources.drawing.vectors.paths import NotPlain, drawn
from sgd_resources.picture_element import framed
from sgd_resources.ports import Painter, Raster

_LOGO_PIXELS = 4  # per pixel of the picture, of a logo that is drawn as pixels: 384 per inch


def pdf_file(scene: Scene, pictures: Mapping[str, Raster], painter: Painter, *, inks: Inks, title: str) -> bytes:
    """The bytes; the same scene gives the same."""
    page = PdfPage(scene.width_px, scene.height_px, inks)
    under, over = layers_of(scene, pictures, painter)
    page.add(*(page.image(raster, box) for raster, box in under))
    if scene.backdrop is None:
        page.add(page.ink(scene.background_hex), f"0 0 {scene.width_px} {scene.height_px} re f")
    page.add(*(_shape(page, shape, scene, painter) for shape in scene.shapes))
    for text in scene.texts:
        page.add(*_words(page, text))
    if scene.logo is not None:
        page.add(*_logo(page, scene.logo, painter))
    page.add(*(page.image(raster, box) for raster, box in over))
    return page.saved(title)


def _shape(page: PdfPage, svg: str, scene: Scene, painter: Painter) -> str:
    """One of the scene's shapes."""
    whole = f'<svg xmlns="http://www.w3.org/2000/svg">{svg}</svg>'
    try:
        return drawn(whole, page.ink)
    except NotPlain:
        wide, high = scene.width_px, scene.height_px
        sized = f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}">{svg}</svg>'
        return page.image(painter.draw(sized), (0, 0, wide, high))


def _logo(page: PdfPage, logo: LogoPlacement, painter: Painter) -> Iterator[str]:
    """The logo, within its clear space where its file has a ground of its own."""
    x, y, width, height = logo.frame
    clip = logo_clip(logo)
    yield "q"
    if clip is not None:
        x0, y0, x1, y1 = clip
        yield f"{x0} {y0} {x1 - x0} {y1 - y0} re W n"
    try:
        if "svg" not in logo.art.media_type:
            raise NotPlain(logo.art.media_type)
        yield drawn(logo.art.data, page.ink, frame=(x, y, width, height))
    except NotPlain:
        large = framed(logo.art.data, logo.art.media_type, _LOGO_PIXELS * width, _LOGO_PIXELS * height, painter)
        yield page.image(painter.draw(large), (x, y, x + width, y + height))
    yield "Q"


def _words(page: PdfPage, placed: TextPlacement) -> Iterator[str]:
    """Real text, each glyph where it was composed; readers put right-to-left lines into the order of reading."""
    size = placed.text.size_px
    yield "BT"
    yield page.ink(placed.hex)
    for line in placed.text.placed(placed.x, placed.top, placed.anchor):
        for run, _, left in line.runs:
            yield from page.run(
                run.face, run.text, run.shaping, tracking_em=run.tracking_em, left=left, baseline=line.baseline,
                size=size,
            )  # fmt: skip
    yield "ET"

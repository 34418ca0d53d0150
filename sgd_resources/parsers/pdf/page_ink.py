"""What a PDF page paints -> ColourUse, with swatches named by the captions beside them; placed pictures -> ImageUse."""

from dataclasses import dataclass

from sgd_resources.parsed_document import Bbox, ColourUse, ImageUse, Location
from sgd_resources.parsers.colours.css_colour import Space
from sgd_resources.parsers.pdf.ink.content import PaintKind
from sgd_resources.parsers.pdf.ink.covers import covered
from sgd_resources.parsers.pdf.ink.spaces import ColourSpaces
from sgd_resources.parsers.pdf.ink.swatches import Caption, label_of, usable_captions
from sgd_resources.parsers.pdf.text.page import PageRead, rounded

_MAX_IMAGES = 200  # a page of a photo catalogue has tens


@dataclass
class _Tally:
    """How often one statement was painted, over which share of the page, and the largest place."""

    uses: int
    area_ratio: float | None
    box: Bbox | None
    extent: float


def ink_colours(read: PageRead, spaces: ColourSpaces) -> list[ColourUse]:
    """One use per distinct statement, in painting order, folded as `fold_colours` would.

    A page paints thousands of things in a few colours. What pdfium cannot convert is left out.
    """
    page_area = max(1.0, read.width * read.height)
    captions = usable_captions(
        [Caption(block.text, block.bbox) for block in read.blocks if block.lines[0].hidden_reason is None]
    )
    left, top = read.origin[0], read.origin[1] + read.height
    labels: dict[Bbox, str | None] = {}
    tallies: dict[_Statement, _Tally] = {}
    paints = read.ink.paints
    unseen = covered([paint.box for paint in paints], read.ink.covers)
    only_unseen = _colours_of_unseen_words(read)
    for (kind, space, components, operator, alpha, place, is_area), is_unseen in zip(paints, unseen, strict=True):
        hex_value = spaces.hex_of(space, components)
        if hex_value is None or is_unseen or (kind == "text_fill" and hex_value in only_unseen):
            continue
        box, label, area_ratio, extent = None, None, None, 0.0
        if place:
            x0, y0, x1, y1 = place
            box = (round(x0 - left, 2), round(top - y1, 2), round(x1 - left, 2), round(top - y0, 2))
            extent = max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])
            if is_area:
                label = labels[box] if box in labels else labels.setdefault(box, label_of(box, captions, page_area))
            if is_area or kind == "gradient":
                area_ratio = round(min(1.0, extent / page_area), 6)
        # what is printed alike may be set in spaces that differ
        statement = (hex_value, space.kind, space.spot_name, components, kind, label, operator, alpha)
        tally = tallies.get(statement)
        if tally is None:
            tallies[statement] = _Tally(1, area_ratio, box, extent)
            continue
        tally.uses += 1
        if area_ratio is not None:
            tally.area_ratio = round(min(1.0, (tally.area_ratio or 0) + area_ratio), 6)
        if extent > tally.extent:
            tally.box, tally.extent = box, extent
    return [_use(statement, tally, read.number) for statement, tally in tallies.items()]


def _colours_of_unseen_words(read: PageRead) -> set[str]:
    """Hexes that words are set in which nobody sees, and no others."""
    seen: set[str | None] = set()
    unseen: set[str | None] = set()
    for line in read.lines:
        of_line = unseen if line.hidden_reason is not None or line.is_recognised else seen
        of_line.update(run.color_hex for run in line.runs)
    return {colour for colour in unseen - seen if colour}


_Statement = tuple[str, Space, str | None, tuple[float, ...], PaintKind, str | None, str, float]


def _use(statement: _Statement, tally: _Tally, page: int) -> ColourUse:
    hex_value, space, spot_name, components, kind, label, operator, alpha = statement
    return ColourUse(
        hex=hex_value,
        space=space,
        components=tuple(round(part * 255, 3) for part in components) if space == "rgb" else components,
        spot_name=spot_name,
        source=kind,
        label=label,
        operator=operator[:200],
        alpha=None if alpha >= 1 else round(alpha, 4),
        area_ratio=tally.area_ratio,
        uses=tally.uses,
        location=Location(page=page, bbox=tally.box),
    )


def page_images(read: PageRead) -> list[ImageUse]:
    """Pictures placed on the page, stencils left out."""
    found = []
    for box, item in read.ink.images[:_MAX_IMAGES]:
        if item is None or item.get("/ImageMask"):
            continue
        width, height = int(item.get("/Width", 0)), int(item.get("/Height", 0))
        if width < 2 or height < 2 or box[2] <= box[0] or box[3] <= box[1]:
            continue
        place = Location(page=read.number, bbox=rounded(read.from_top(box)))
        found.append(ImageUse(width_px=width, height_px=height, has_alpha="/SMask" in item, location=place))
    return found

"""What a PDF page paints -> ColourUse, with swatches named by the captions beside them; placed pictures -> ImageUse."""

from sgd_resources.parsed_document import Bbox, ColourUse, ImageUse, Location
from sgd_resources.parsers.pdf_content import Paint
from sgd_resources.parsers.pdf_page import PageRead, rounded
from sgd_resources.parsers.pdf_spaces import ColourSpaces
from sgd_resources.parsers.pdf_swatches import Caption, label_of, usable_captions

_MAX_IMAGES = 200


def ink_colours(read: PageRead, spaces: ColourSpaces) -> list[ColourUse]:
    """One use per paint, in painting order; what pdfium cannot convert is left out."""
    page_area = max(1.0, read.width * read.height)
    captions = usable_captions(
        [Caption(block.text, block.bbox) for block in read.blocks if block.lines[0].hidden_reason is None]
    )
    labels: dict[Bbox, str | None] = {}
    found = []
    for paint in read.ink.paints:
        hex_value = spaces.hex_of(paint.space, paint.components)
        if hex_value is None:
            continue
        box = rounded(read.from_top(paint.box)) if paint.box else None
        if box and paint.is_area and box not in labels:
            labels[box] = label_of(box, captions, page_area)
        found.append(
            ColourUse(
                hex=hex_value,
                space=paint.space.kind,
                components=_components(paint),
                spot_name=paint.space.spot_name,
                source=paint.kind,
                label=labels.get(box) if box and paint.is_area else None,
                operator=paint.operator[:200],
                alpha=None if paint.alpha >= 1 else round(paint.alpha, 4),
                area_ratio=_area_ratio(paint, box, page_area),
                location=Location(page=read.number, bbox=box),
            )
        )
    return found


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


def _area_ratio(paint: Paint, box: Bbox | None, page_area: float) -> float | None:
    if box is None or not (paint.is_area or paint.kind == "gradient"):
        return None
    return round(min(1.0, max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1]) / page_area), 6)


def _components(paint: Paint) -> tuple[float, ...]:
    if paint.space.kind == "rgb":
        return tuple(round(part * 255, 3) for part in paint.components)
    return paint.components

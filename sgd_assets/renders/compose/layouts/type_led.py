"""Layouts led by type: the words make the picture, shapes only give them order."""

from sgd_assets.renders.compose.parts.boxes import Rect
from sgd_assets.renders.compose.parts.canvas import Canvas
from sgd_assets.renders.compose.parts.column import set_column
from sgd_assets.renders.compose.parts.elements import Element, only, without
from sgd_assets.renders.compose.parts.ornaments import corner_discs, line, rule_above
from sgd_assets.renders.compose.parts.page import page
from sgd_assets.renders.compose.parts.seat import seat
from sgd_assets.renders.compose.scene import LogoPlacement, Scene
from sgd_assets.renders.compose.typeset import fit


def statement(canvas: Canvas) -> Scene:
    """A large headline at the foot, an accent rule, a quarter disc that bleeds off one corner."""
    logo, area = seat(canvas, canvas.box, "top-left", padding=1.15)
    radius = canvas.short * 0.36
    discs: tuple[str, ...] = ()
    if _is_free(logo, (canvas.width - radius, 0, canvas.width, radius)) and canvas.plan.logo_corner is None:
        discs = corner_discs(canvas, 0, radius)
    if discs:
        area = (area[0], max(area[1], round(radius + canvas.margin * 0.4)), area[2], area[3])
    words = set_column(canvas, area, canvas.elements, largest=canvas.short * 0.19, vertical="bottom")
    return page(canvas, logo, words, shapes=(*discs, *rule_above(canvas, words)))


def statement_foot(canvas: Canvas) -> Scene:
    """The headline at the head; logo and quarter disc share the foot."""
    m = canvas.margin
    logo, area = seat(canvas, canvas.box, "bottom-left", padding=1.15)
    thick = round(canvas.short * 0.05)
    area = (area[0], area[1] + thick, area[2], area[3])
    words = set_column(canvas, area, canvas.elements, largest=canvas.short * 0.17)
    beside = canvas.width - (logo.clear_box[2] if logo else 0.0)
    radius = min(canvas.short * 0.42, canvas.height - words.bottom - m * 0.5, beside)
    is_free = _is_free(logo, (canvas.width - radius, canvas.height - radius, canvas.width, canvas.height))
    discs = corner_discs(canvas, canvas.height, radius) if is_free else ()
    return page(canvas, logo, words, shapes=(*discs, *rule_above(canvas, words)))


def swiss(canvas: Canvas) -> Scene:
    """A strict grid: the headline at the head, a line, the particulars below it in the right two thirds."""
    m = canvas.margin
    logo, area = seat(canvas, canvas.box, "bottom-left")
    head, rest = only(canvas.elements, "headline"), without(canvas.elements, "headline")
    x0, y0, x1, y1 = area
    middle = y0 + round((y1 - y0) * (0.5 if len(rest) > 2 else 0.56 if rest else 1.0))
    top = set_column(canvas, (x0, y0 + round(m * 0.8), x1, middle), head, largest=canvas.short * 0.24, max_lines=4)
    under = round(max(top.bottom, middle) + m * 0.3)
    left = x0 + round((x1 - x0) / 3)
    below = set_column(canvas, (left, under + round(m * 0.6), x1, y1), rest, largest=canvas.short * 0.06)
    lines = (line(canvas, x0, x1, y0), *((line(canvas, x0, x1, under),) if rest and top.texts else ()))
    return page(canvas, logo, top, below, shapes=lines)


def centred(canvas: Canvas) -> Scene:
    """An invitation: all on the middle axis."""
    logo, area = seat(canvas, canvas.box, "top", padding=1.3)
    side = round(canvas.width * 0.06)
    area = (area[0] + side, area[1], area[2] - side, area[3])
    words = set_column(
        canvas, area, canvas.elements, largest=canvas.short * 0.14, vertical="middle", align="centre", max_lines=5
    )
    return page(canvas, logo, words)


def numeral(canvas: Canvas) -> Scene:
    """The price, else the date, as the largest thing on the page; the headline leads to it."""
    hero = only(canvas.elements, "price")[:1] or only(canvas.elements, "date")[:1] or canvas.elements[:1]
    rest = tuple(element for element in canvas.elements if element not in hero)
    logo, area = seat(canvas, canvas.box, "top-left", largest=0.4)
    x0, y0, x1, y1 = area
    if canvas.width > canvas.height * 1.2 and rest:
        return _numeral_beside(canvas, logo, area, hero, rest)
    joint = y0 + round((y1 - y0) * 0.46)
    big = set_column(canvas, (x0, y0, x1, joint), hero, largest=canvas.short * 0.36, vertical="bottom", max_lines=2)
    gap = round(canvas.margin * 0.6)
    below = set_column(canvas, (x0, joint + gap, x1, y1), rest, largest=canvas.short * 0.1)
    return page(canvas, logo, big, below)


def _numeral_beside(
    canvas: Canvas, logo: LogoPlacement | None, area: Rect, hero: tuple[Element, ...], rest: tuple[Element, ...]
) -> Scene:
    """On a wide page the number takes the left half, and what it is for the right one, both on one foot."""
    x0, y0, x1, y1 = area
    middle, gap = x0 + round((x1 - x0) * 0.5), round(canvas.margin * 0.5)
    largest = min(canvas.short * 0.46, (y1 - y0) * 0.8)
    big = set_column(canvas, (x0, y0, middle - gap, y1), hero, largest=largest, vertical="bottom", max_lines=2)
    beside = set_column(canvas, (middle + gap, y0, x1, y1), rest, largest=canvas.short * 0.12, vertical="bottom")
    return page(canvas, logo, big, beside)


def agenda(canvas: Canvas) -> Scene:
    """Headline, then each particular on a line of its own between thin rules."""
    m = canvas.margin
    rows = only(canvas.elements, "date", "price", "extra")
    rest = without(canvas.elements, "date", "price", "extra")
    logo, area = seat(canvas, canvas.box, "bottom-left")
    x0, y0, x1, y1 = area
    gap = round(m * 0.6)
    is_wide = canvas.width > canvas.height * 1.2
    if is_wide:  # the rows beside the headline: under it they would be a crowded strip over an empty half
        middle, joint = x0 + round((x1 - x0) * 0.46), y0
        head = set_column(canvas, (x0, y0, middle - gap, y1), rest, largest=canvas.short * 0.14)
        x0, y1 = middle + gap, min(y1, y0 + round(canvas.body_px * 3.4 * len(rows)))
    else:
        joint = y1 - round((y1 - y0) * min(0.62, 0.13 * len(rows) + 0.06))
        head = set_column(canvas, (x0, y0, x1, joint - gap), rest, largest=canvas.short * 0.14)
    step = (y1 - joint) / max(len(rows), 1)
    blocks, lines = [], []
    for index, row in enumerate(rows):
        top = joint + index * step
        lines.append(line(canvas, x0, x1, top))
        inner = (x0, round(top + m * 0.12), x1, round(top + step - m * 0.12))
        blocks.append(set_column(canvas, inner, (row,), largest=canvas.short * 0.05, vertical="middle"))
    return page(canvas, logo, head, *blocks, shapes=tuple(lines))


def quote(canvas: Canvas) -> Scene:
    """A quotation: a large mark, the words, who said them."""
    m = canvas.margin
    logo, area = seat(canvas, canvas.box, "bottom-left", padding=1.25)
    size = canvas.short * 0.4
    mark = fit(
        "“", canvas.kit.type.heading, width=size, height=size * 2, largest=size, smallest=8, leading=1.0, max_lines=1
    )
    words_top = area[1] + round(size * 0.30 + m * 0.7)
    words = set_column(canvas, (area[0], words_top, area[2], area[3]), canvas.elements, largest=canvas.short * 0.15)
    return page(canvas, logo, words, shapes=(mark.svg(area[0] - size * 0.02, area[1], canvas.accent),))


def ledger(canvas: Canvas) -> Scene:
    """The headline between two heavy bars at head and foot, particulars under it."""
    m = canvas.margin
    logo, area = seat(canvas, (0, m, canvas.width, canvas.height - m), "bottom-left", padding=0.9)
    words = set_column(canvas, area, canvas.elements, largest=canvas.short * 0.18, vertical="middle")
    thick = max(4, round(canvas.short * 0.035))
    top = f'<rect width="{canvas.width}" height="{thick}" fill="{canvas.accent}"/>'
    foot = f'<rect y="{canvas.height - thick}" width="{canvas.width}" height="{thick}" fill="{canvas.accent}"/>'
    return page(canvas, logo, words, shapes=(top, foot))


def _is_free(logo: LogoPlacement | None, box: tuple[float, float, float, float]) -> bool:
    if logo is None:
        return True
    if logo.band is not None:
        return False
    a = logo.clear_box
    return min(a[2], box[2]) <= max(a[0], box[0]) or min(a[3], box[3]) <= max(a[1], box[1])

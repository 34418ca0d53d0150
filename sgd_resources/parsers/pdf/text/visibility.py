"""Marks the lines of a PDF page that nobody can see: no size, off the page, the ground's colour, covered, clipped.

Same-as-ground is not guessed from operators: the page is rendered and the line's box looked at, so that white words
on a photograph stay visible and white words on white do not.
"""

from sgd_resources.colour import rgb_of
from sgd_resources.parsers.hidden_text import unseen_characters
from sgd_resources.parsers.pdf.ink.spaces import ColourSpaces
from sgd_resources.parsers.pdf.ink.stacking import may_be_unseen
from sgd_resources.parsers.pdf.pages.render import are_blank, are_unseen
from sgd_resources.parsers.pdf.text.lines import Line
from sgd_resources.parsers.pdf.text.page import PageRead

Channels = tuple[int, int, int]
_NEAR_WHITE = 225  # of 255: unseen on paper whatever is meant by it
_NEAR = 12  # of 255, per channel: text so near its ground is not seen


def mark_hidden(read: PageRead, spaces: ColourSpaces) -> None:
    """Set `hidden_reason` on the lines of one page."""
    areas = {(paint.space, paint.components) for paint in read.ink.paints if paint.is_area}
    grounds = {rgb_of(ground) for ground in (spaces.hex_of(*area) for area in areas) if ground}
    may_vanish: dict[str, bool] = {}
    suspects: list[Line] = []
    for line in read.lines:
        if line.hidden_reason is not None:
            continue
        line.hidden_reason = _plain_reason(line, read)
        if line.hidden_reason is None and line.color_hex:
            if line.color_hex not in may_vanish:
                may_vanish[line.color_hex] = _may_vanish(rgb_of(line.color_hex), grounds)
            if may_vanish[line.color_hex]:
                suspects.append(line)
    if not read.may_be_drawn:
        return
    for line, is_blank in zip(suspects, are_blank(read.page, [line.bbox for line in suspects]), strict=True):
        if is_blank:
            is_white = min(rgb_of(line.color_hex or "#000000")) >= _NEAR_WHITE
            line.hidden_reason = "white_on_white" if is_white else "same_as_background"
    _mark_out_of_sight(read)


def _mark_out_of_sight(read: PageRead) -> None:
    """Words under something opaque, clipped away or in a layer that is off: the page looks the same without them."""
    lines = [line for line in read.lines if line.hidden_reason is None and any(run.item for run in line.runs)]
    if not lines:
        return
    texts = {run.item: run.bbox for line in lines for run in line.runs if run.item}
    left, bottom = read.origin
    suspected = set(texts) if read.ink.hides_layers else may_be_unseen(read.page, texts, (left, bottom + read.height))
    suspects = [line for line in lines if any(run.item in suspected for run in line.runs)]
    items = [(line.bbox, [run.item for run in line.runs if run.item]) for line in suspects]
    for line, is_unseen in zip(suspects, are_unseen(read.page, items) if items else (), strict=True):
        if is_unseen:
            line.hidden_reason = "out_of_sight"


def _plain_reason(line: Line, read: PageRead) -> str | None:
    x0, y0, x1, y1 = line.bbox
    if line.size_pt < 1 or y1 - y0 < 0.5:
        return "zero_size"
    if x1 <= 0 or y1 <= 0 or x0 >= read.width or y0 >= read.height:
        return "off_page"
    return unseen_characters(line.text)


def _may_vanish(colour: Channels, grounds: set[Channels]) -> bool:
    if min(colour) >= _NEAR_WHITE:
        return True
    return any(max(abs(a - b) for a, b in zip(colour, ground, strict=True)) <= _NEAR for ground in grounds)

"""What one paragraph or table of a slide says of itself: its words, depth, size, whether it heads those below.

What must not live here: where a shape stands and what it inherits (`pptx_placeholders.py`), or blocks of a document.
"""

from lxml import etree

from sgd_resources.parsed_document import Bbox
from sgd_resources.parsers.value_lines import states_value

EMU_PER_POINT = 12_700
"""English Metric Units: 914,400 to the inch."""
_LONGEST_HEAD = 60


def text_of(paragraph: etree._Element) -> str:
    """The words of a paragraph, in one line."""
    return " ".join("".join(str(text.text or "") for text in paragraph.iter("{*}t")).split())


def depth_of(paragraph: etree._Element) -> int:
    """How deep it stands in its list; 0 is the outermost."""
    properties = paragraph.find("{*}pPr")
    level = properties.get("lvl") if properties is not None else None
    return int(level) if level and level.isdigit() else 0


def size_of(paragraph: etree._Element) -> float | None:
    """Type size in points of the first run that states one."""
    sizes = [run.get("sz") or "" for run in paragraph.findall("{*}r/{*}rPr")]
    return next((int(size) / 100 for size in sizes if size.isdigit()), None)


def _is_bold(paragraph: etree._Element) -> bool:
    runs = [run for run in paragraph.findall("{*}r") if "".join(str(text.text or "") for text in run.findall("{*}t"))]
    marks = [run.find("{*}rPr") for run in runs]
    return bool(marks) and all(mark is not None and mark.get("b") in ("1", "true") for mark in marks)


def heads(paragraphs: list[etree._Element], index: int) -> bool:
    """Whether a short bold paragraph stands above plain ones of its shape."""
    text = text_of(paragraphs[index])
    if index + 1 >= len(paragraphs) or len(text) > _LONGEST_HEAD or text[-1] in ".,;":
        return False
    below = paragraphs[index + 1]
    return _is_bold(paragraphs[index]) and not _is_bold(below) and not states_value(text_of(below))


def grid_of(table: etree._Element, box: Bbox | None) -> dict[tuple[int, int], Bbox]:
    """Box of each cell by (row, column); empty where the table does not say how wide its columns are."""
    widths = [column.get("w") or "" for column in table.findall("{*}tblGrid/{*}gridCol")]
    heights = [row.get("h") or "" for row in table.findall("{*}tr")]
    if box is None or not all(side.isdigit() for side in widths + heights):
        return {}
    found: dict[tuple[int, int], Bbox] = {}
    top = box[1]
    # rows grow with their words, so that they fill the frame at least
    stated = sum(map(int, heights)) / EMU_PER_POINT
    more = max(0.0, box[3] - box[1] - stated) / max(1, len(heights))
    for row, height in enumerate(heights):
        left, bottom = box[0], top + int(height) / EMU_PER_POINT + more
        for column, width in enumerate(widths):
            right = left + int(width) / EMU_PER_POINT
            found[(row, column)] = (round(left, 2), round(top, 2), round(right, 2), round(bottom, 2))
            left = right
        top = bottom
    return found

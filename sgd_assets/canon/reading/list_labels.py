"""Labels above lists that are set as plain lines: `[PlacedBlock] -> [PlacedBlock]`.

Plain text and hastily written Markdown have no headings: 'Tone of voice' stands alone on a line, and a list follows.
What must not live here: what a label means.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from sgd_assets.canon.reading.sections import PlacedBlock

_LEAD_IN = 180  # a sentence; what is longer explains
_WORDS = 5  # parts a label over a list from a first sentence


def with_list_labels(placed: Sequence[PlacedBlock]) -> list[PlacedBlock]:
    """The blocks, the items of a list below a short line of its own as items under that line."""
    labelled: list[PlacedBlock] = []
    before: PlacedBlock | None = None
    label: PlacedBlock | None = None
    for item in placed:
        is_item = item.block.kind == "list_item"
        if is_item and before is not None and before.block.kind == "paragraph":
            label = before if _is_label(before) else None
        label = label if is_item and label is not None and item.path[: len(label.path)] == label.path else None
        line = label.block.text.split("\n")[-1].strip() if label is not None else ""
        labelled.append(replace(item, path=(*item.path, line)) if label is not None else item)
        before = item
    return labelled


def with_lead_ins(placed: Sequence[PlacedBlock]) -> list[PlacedBlock]:
    """The blocks, the items of a list below a sentence that ends with a colon as items under that sentence."""
    led: list[PlacedBlock] = []
    lead: str | None = None
    before: PlacedBlock | None = None
    for item in placed:
        is_item = item.block.kind == "list_item"
        if is_item and before is not None and before.block.kind != "list_item":
            lead = _lead_in(before)
        lead = lead if is_item else None
        is_known = lead is None or lead in item.path
        led.append(item if is_known else replace(item, path=(*item.path, lead or "")))
        before = item
    return led


def _lead_in(item: PlacedBlock) -> str | None:
    """The last sentence of a paragraph that announces a list."""
    last = re.split(r"(?<=[.!?])\s+", item.text)[-1]
    is_announcing = item.block.kind == "paragraph" and last.endswith(":") and len(last) <= _LEAD_IN
    return last if is_announcing else None


def _is_label(item: PlacedBlock) -> bool:
    """A paragraph, in a document without pages, whose last line is a few words without a stop."""
    line = item.block.text.split("\n")[-1].strip()
    is_flow = item.block.location.page is None
    return is_flow and len(line.split()) <= _WORDS and line[:1].isupper() and line[-1:].isalnum()

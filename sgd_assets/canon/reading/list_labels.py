"""Labels above lists that are set as plain lines: `[PlacedBlock] -> [PlacedBlock]`.

Plain text and hastily written Markdown have no headings: 'Tone of voice' stands alone on a line, and a list follows.
What must not live here: what a label means.
"""

from collections.abc import Sequence
from dataclasses import replace

from sgd_assets.canon.reading.sections import PlacedBlock

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


def _is_label(item: PlacedBlock) -> bool:
    """A paragraph, in a document without pages, whose last line is a few words without a stop."""
    line = item.block.text.split("\n")[-1].strip()
    is_flow = item.block.location.page is None
    return is_flow and len(line.split()) <= _WORDS and line[:1].isupper() and line[-1:].isalnum()

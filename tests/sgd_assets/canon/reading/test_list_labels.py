"""Short lines above lists are their headings, in documents that have no other."""

from sgd_assets.canon.reading.list_labels import with_list_labels
from sgd_assets.canon.reading.sections import place_blocks
from tests.sgd_assets.canon.made_evidence import read


def _paths(text: str) -> list[tuple[str, ...]]:
    return [
        item.path for item in with_list_labels(place_blocks(read("kit.txt", text))) if item.block.kind == "list_item"
    ]


def test_a_short_line_stands_above_the_list_that_follows_it() -> None:
    assert _paths("Tone of voice\n- Calm\n- Exact\n") == [("Tone of voice",), ("Tone of voice",)]


def test_the_last_line_of_a_paragraph_may_be_the_label() -> None:
    assert _paths("For writers\nMisuse\n- Stretching\n") == [("Misuse",)]


def test_a_sentence_is_no_label() -> None:
    assert _paths("We like lists.\n- Calm\n") == [()]
    assert _paths("these are the traits\n- Calm\n") == [()]

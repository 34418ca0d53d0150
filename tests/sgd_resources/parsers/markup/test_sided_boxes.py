"""Titled boxes of Markdown's dialects, and captions that components carry."""

import pytest

from sgd_resources.parsers.markup.markdown import parse_markdown
from sgd_resources.parsers.markup.sided_boxes import captions_of, with_boxes_opened


def _blocks(source: str) -> list[tuple[str, str | None, int | None]]:
    return [(b.text, b.side, b.location.line) for b in parse_markdown(source.encode(), ".mdx").text_blocks]


@pytest.mark.parametrize("opening", [":::danger Don't\n", ":::dont\n", '::: warning "Incorrect"\n', ":::note[Don't]\n"])
def test_a_fenced_box_titled_dont_says_its_side_up_to_its_end(opening: str) -> None:
    assert _blocks(f"# Leaf\n\n{opening}Mirror the leaf.\n\n- Tilt it\n:::\n\nAfterwards.\n") == [
        ("Leaf", None, 1),
        ("Mirror the leaf.", "dont", 4),
        ("Tilt it", "dont", 6),
        ("Afterwards.", None, 9),
    ]


def test_an_indented_box_says_its_side_and_its_lines_stay_where_they_are() -> None:
    source = '# Leaf\n\n!!! success "Do"\n    Use one ink.\n\n    - Stamp it\n\n!!! note\n    By the way.\n'
    assert _blocks(source)[1:3] == [("Use one ink.", "do", 4), ("Stamp it", "do", 6)]


@pytest.mark.parametrize(
    "source", ["!!! note\n    Text\n\nMore\n", ":::tip Good to know\nText\n:::\n", ":::dont\nText\n"]
)
def test_a_box_that_names_no_side_or_never_ends_stays_as_it_is(source: str) -> None:
    assert with_boxes_opened(source) == source


def test_a_component_says_its_caption_on_its_side() -> None:
    html = (
        '<Row>\n<Example type="dont" caption="Mirror the leaf" />\n<Card label="Ours alone" />\n<Do text="Two inks" />'
    )
    assert list(captions_of(html, None)) == [(1, "Mirror the leaf", "dont"), (3, "Two inks", "do")]


def test_the_caption_of_a_component_is_told_by_the_page() -> None:
    assert ("Mirror the leaf", "dont", 3) in _blocks('# Leaf\n\n<Example type="dont" caption="Mirror the leaf" />\n')

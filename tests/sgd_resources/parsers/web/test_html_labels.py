"""Badges, terms and icons that say the side of a box of a page."""

import pytest

from sgd_resources.parsed_document import Side
from sgd_resources.parsers.sides import side_of_icon, side_of_words
from sgd_resources.parsers.web.html import html_parts


def _sides(html: str) -> dict[str, Side | None]:
    return {block.text: block.side for block in html_parts(html).text_blocks if block.kind != "alt_text"}


@pytest.mark.parametrize(
    "opening",
    [
        '<div><span class="badge">Don’t</span><p>Crop the mark</p></div>',
        "<figure><img src='a.png'><strong>Incorrect</strong><figcaption>Crop the mark</figcaption></figure>",
        '<div class="col"><img src="/icons/cross.svg" alt=""><p>Crop the mark</p></div>',
        '<div><img src="/a.svg" alt="Thumbs down"><p>Crop the mark</p></div>',
        '<ul><li><i class="fa fa-times"></i> Crop the mark</li></ul>',
        "<dl><dt>Do</dt><dd>Show it once</dd><dt>Don't</dt><dd>Crop the mark</dd></dl>",
        '<ul class="list list--cross"><li>Crop the mark</li></ul>',
        '<figure class="example example--bad"><figcaption>Crop the mark</figcaption></figure>',
    ],
)
def test_a_label_that_opens_a_box_says_its_side(opening: str) -> None:
    assert _sides(opening)["Crop the mark"] == "dont"


@pytest.mark.parametrize(
    "html",
    [
        "<p><strong>Do</strong> not crop the mark</p>",
        "<p>This is <em>bad</em> for nobody</p>",
        "<div><button>No</button><p>Crop the mark</p></div>",
        "<div><p>Crop the mark</p><h4>Don't</h4></div>",
        "<div><h4>Do</h4><p>Crop the mark</p><h4>Don't</h4><p>Tilt it</p></div>",
    ],
)
def test_words_inside_a_sentence_and_boxes_of_both_sides_say_none(html: str) -> None:
    assert set(_sides(html).values()) <= {None}


def test_a_long_section_is_left_to_its_headings() -> None:
    text = "Crop the mark. " * 40
    assert _sides(f"<section><b>Don't</b><p>{text}</p></section>")[text.strip()] is None


@pytest.mark.parametrize(
    ("words", "side"),
    [("Don't", "dont"), ("DO NOT", "dont"), ("Not", None), ("Do", "do"), ("✗ Wrong", "dont"), ("", None),
     ("Do it", None), ("Yes", "do"), ("Incorrect use", None)],
)  # fmt: skip
def test_only_whole_labels_say_a_side(words: str, side: Side | None) -> None:
    assert side_of_words(words) == side


@pytest.mark.parametrize(
    ("tag", "attributes", "side"),
    [
        ("img", {"src": "/img/tick.svg?v=2"}, "do"),
        ("i", {"class": "fa fa-check"}, "do"),
        ("img", {"src": "/crossing.png"}, None),
        ("img", {"src": "tick-cross.png"}, None),
        ("svg", {"aria-label": "Cross"}, "dont"),
    ],
)
def test_icons_say_a_side_by_name(tag: str, attributes: dict[str, str], side: Side | None) -> None:
    assert side_of_icon(tag, attributes) == side

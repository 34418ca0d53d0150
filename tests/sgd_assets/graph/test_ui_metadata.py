"""What a stranger names a file is shown in Dagster's UI and does nothing there."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sgd_assets.graph.ui_metadata import MAX_ROWS, inert, markdown_table, pictures, swatches

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
READER.validateLink = lambda url: True  # type: ignore[method-assign]  # as lenient as any reader may be
INERT = {"text", "code_inline", "softbreak"}
TABLE = {f"{part}_{edge}" for part in ("table", "thead", "tbody", "tr", "th", "td") for edge in ("open", "close")}
CALLS_OUT = "![x](http:&#47;&#47;evil.example/a.png)"
PIECES = [
    "![x](http://a.b/c.png)", "[a](//b)", "<img src=x>", "<http://a.b>", "http://a.b", "www.a.b", "a@b.example",
    "&#47;", "`", "``", "|", "\\", "\\|", "\n", "\r", "\x0b", "\u2028", "# h", "---", "- a", "1. a", "> q", "~~x~~",
    "**b**", "_i_", "<!--", "$x$", "[^1]", "    ", "\t", "\udcff", "\u202e", "<a", ">", '"', "'", "]", "(", ")", "!",
    "&lt;", "ftp://a.b",
]  # fmt: skip
names = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=6).map("".join))


def tokens(markdown: str) -> list[Token]:
    """Every token, inline ones too."""
    return [part for block in READER.parse(markdown) for part in [block, *(block.children or [])]]


@given(names)
@example(CALLS_OUT)
@example("\\|![x](http://a.b)")
@example("a\\|`<img src=x>`")
@example("x` ![y](http://a.b) `")
def test_no_name_becomes_markup_in_a_table(name: str) -> None:
    shown = markdown_table(("file", "why"), [(name, "malware"), ("b", name)]).value
    found = tokens(shown)
    assert {token.type for token in found} <= INERT | TABLE | {"inline"}
    cells = [token.content for token in found if token.type == "inline"]
    assert (len(cells), cells[3], cells[4]) == (6, "malware", "b")
    _finds_no_address(found)


@given(names)
@example(CALLS_OUT)
def test_no_name_becomes_markup_in_a_paragraph(name: str) -> None:
    found = tokens(f"file {inert(name)} was held")
    assert {token.type for token in found} <= INERT | {"paragraph_open", "paragraph_close", "inline"}
    _finds_no_address(found)


@given(names)
def test_no_title_of_a_picture_becomes_markup(name: str) -> None:
    found = tokens(pictures([(name, "data:image/png;base64,AAAA")]).value)
    images = [token for token in found if token.type == "image"]
    assert [token.attrGet("src") for token in images] == ["data:image/png;base64,AAAA"]
    assert {child.type for image in images for child in image.children or []} <= INERT
    assert {token.type for token in found} <= {"image", "paragraph_open", "paragraph_close", "inline"}


def _finds_no_address(found: list[Token]) -> None:
    """GitHub's flavour links these wherever they stand in text, escaped or not; never in code."""
    text = "\n".join(token.content for token in found if token.type == "text")
    assert not re.search(r"https?:|ftp:|www\.|@|://", text, re.I)


@pytest.mark.parametrize("name", ["brand guide.pdf", "Straße-2.png", "12", "0.98", "100%", "1080x1350", "a, b"])
def test_ordinary_words_and_numbers_are_shown_plain(name: str) -> None:
    assert inert(name) == name


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (CALLS_OUT, CALLS_OUT),
        ("logo_2.svg", "logo_2.svg"),
        ("#0A5C36", "#0A5C36"),
        ("a|b\\c`d", "a∣b＼cˋd"),
        ("<a\n b>", "<a b>"),
    ],
)
def test_every_other_name_is_shown_as_it_is(name: str, text: str) -> None:
    (code,) = [token for token in tokens(inert(name)) if token.type == "code_inline"]
    assert code.content == text


def test_a_long_table_says_what_it_left_out() -> None:
    shown = markdown_table(("n",), [(n,) for n in range(MAX_ROWS + 3)]).value
    assert shown.endswith("and 3 more")


def test_a_palette_is_one_picture_made_here() -> None:
    found = READER.render(swatches(["#0A5C36", '"/><script>']).value)
    assert found.count("<img ") == found.count("data:image/svg+xml;base64,") == 1
    assert "<script" not in found

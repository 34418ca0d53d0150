"""Definition lists and alerts of Markdown's dialects, read as what they say; each line stays where it is."""

import pytest

from sgd_resources.parsers.markup.markdown import parse_markdown

Read = list[tuple[str, str, str | None, int | None]]


def read(source: str) -> Read:
    blocks = parse_markdown(source.encode(), ".md").text_blocks
    return [(block.kind, block.text, block.side, block.location.line) for block in blocks]


@pytest.mark.parametrize("between", ["", "\n"])
def test_a_term_is_an_item_and_its_meanings_are_items_below_it(between: str) -> None:
    found = read(f"# Voice\n\nWarm\n{between}: We greet readers.\n: We say you.\n\nClear\n: Short words.\n")
    assert [(kind, text) for kind, text, _, _ in found[1:]] == [
        ("list_item", "Warm"),
        ("list_item", "We greet readers."),
        ("list_item", "We say you."),
        ("list_item", "Clear"),
        ("list_item", "Short words."),
    ]
    assert found[1][3] == 3
    assert found[2][3] == 4 + len(between)


@pytest.mark.parametrize(
    "source",
    ["```\nTerm\n: meaning\n```\n", "A sentence\nover two lines\n: no meaning\n", "# Heading\n: no term\n", "a :b\n"],
)
def test_what_is_no_definition_stays(source: str) -> None:
    assert all(kind != "list_item" for kind, _, _, _ in read(source))


def test_an_alert_is_no_quotation_and_one_over_what_not_to_do_says_its_side() -> None:
    found = read("# Logo\n\n> [!CAUTION]\n> - Stretch the logo\n> - Rotate it\n\n> [!TIP]\n> Use the SVG.\n")
    assert found[1:] == [
        ("list_item", "Stretch the logo", "dont", 4),
        ("list_item", "Rotate it", "dont", 5),
        ("paragraph", "Use the SVG.", None, 8),
    ]


@pytest.mark.parametrize("kind", ["CAUTION", "WARNING", "NOTE", "IMPORTANT"])
def test_an_alert_that_asks_for_something_takes_no_side(kind: str) -> None:
    [(_, text, side, line)] = read(f"> [!{kind}]\n> Always use the files of this folder.\n")
    assert (text, side, line) == ("Always use the files of this folder.", None, 2)


def test_a_quotation_stays_one() -> None:
    [block] = parse_markdown(b"> We are warm.\n", ".md").text_blocks
    assert block.is_quote

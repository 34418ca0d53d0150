"""Lines from runs: in the order of their content, and from their places where the content has none."""

import random

from sgd_resources.parsers.pdf.text.lines import split_lines
from sgd_resources.parsers.pdf.text.page_text import TextRun


def _letters(text: str, top: float) -> list[list[TextRun]]:
    found, left = [], 50.0
    for letter in text:
        if letter != " ":
            box = (left, top, left + 5, top + 12)
            found.append([TextRun(letter, box, "Any", 10, None, 1.0, 0)])
        left += 3 if letter == " " else 5
    return found


def test_letters_drawn_one_by_one_in_any_order_are_put_into_lines() -> None:
    texts = ["Headings are set in Barlow", "Body text is set in Work Sans"]
    runs = [run for index, text in enumerate(texts) for run in _letters(text, 100 + 40 * index)]
    random.Random(7).shuffle(runs)
    runs[0][0].text += " "
    assert [line.text for line in split_lines(runs)] == texts


def test_a_few_lone_letters_keep_the_order_of_the_content() -> None:
    runs = [*_letters("AB", 140), *_letters("CD", 100)]
    assert [line.text for line in split_lines(runs)] == ["AB", "CD"]

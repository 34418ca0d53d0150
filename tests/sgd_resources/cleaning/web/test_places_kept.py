"""Cleaning keeps lines and element paths: what is cited of the cleaned file stands there in the file as uploaded."""

import random
import re
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from sgd_resources.cleaning.web.html import clean_html
from sgd_resources.cleaning.web.svg import clean_svg
from sgd_resources.parsers.web.html import parse_html
from sgd_resources.parsers.web.svg import parse_svg
from sgd_resources.ports.examination import Limits

PAGE = """<!DOCTYPE html>
<!-- a note
over lines -->
<html lang="en">
<head>
<meta charset="utf-8">
<script>
const a = 1;

</script>
<link
  rel="icon"
  href="x.png">
<style>
:root { --brand-blue: #112233; }
</style>
</head>
<body
  onload="start()"
  class="x">
<p
  onclick="a()"
>Blue #445566</p><iframe
 src="https://example.com"></iframe>
<table><tr><td>Red</td><td>#AA0000</td></tr></table>
</body>
</html>
"""
DRAWING = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"
  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:sodipodi="http://sodipodi.example" viewBox="0 0 9 9">
  <!-- made by
       somebody -->
  <metadata>
    <x/>
  </metadata>
  <sodipodi:namedview id="v"/>
  <script>
    alert(1)
  </script>
  <g>
    <path fill="#112233" d="M0 0h9v9z"/>
    <foreignObject/>
    <rect
      width="9"
      height="9"
      fill="#445566"/>
    <text>two
words</text>
    <rect width="9" height="9" fill="#778899"/>
  </g>
</svg>
"""


def lines_of(source: bytes, colours: list[tuple[str, int | None]]) -> list[tuple[str, bool]]:
    lines = source.decode().split("\n")
    return [(value, line is not None and value.lower() in lines[line - 1].lower()) for value, line in colours]


def test_every_value_of_a_cleaned_page_stands_on_the_line_that_it_has_in_the_page_as_sent() -> None:
    cleaned = clean_html(PAGE.encode(), "text/html", Limits()).data
    parts = parse_html(cleaned, ".html")
    lines = PAGE.split("\n")
    for block in parts.text_blocks:
        assert block.location.line is not None
        assert block.text.split()[0] in lines[block.location.line - 1]
    (use,) = [use for use in parts.colours if use.name == "--brand-blue"]
    assert lines_of(PAGE.encode(), [("#112233", use.location.line)]) == [("#112233", True)]


def test_no_word_of_a_page_is_parted_where_lines_are_made_up_for() -> None:
    page = "<p>one<!--\n\n-->word <b\n>and</b>another</p>"
    cleaned = clean_html(page.encode(), "text/html", Limits()).data.decode()
    assert "oneword " in re.sub(r"<[^>]*>", "", cleaned)
    assert "andanother" in re.sub(r"<[^>]*>", "", cleaned)


def test_cleaning_a_cleaned_page_or_drawing_changes_nothing() -> None:
    page = clean_html(PAGE.encode(), "text/html", Limits()).data
    assert clean_html(page, "text/html", Limits()).data == page
    drawing = clean_svg(DRAWING.encode(), "image/svg+xml", Limits()).data
    assert clean_svg(drawing, "image/svg+xml", Limits()).data == drawing


def _one(root: Any, path: str | None) -> Any:
    """The one element at a path."""
    (element,) = root.xpath(str(path))
    return element


def test_every_element_of_a_cleaned_drawing_keeps_its_path_and_line() -> None:
    cleaned = clean_svg(DRAWING.encode(), "image/svg+xml", Limits()).data
    source = etree.fromstring(DRAWING.encode())
    uses = parse_svg(cleaned, ".svg").colours
    assert {use.hex for use in uses} == {"#112233", "#445566", "#778899"}
    for use in uses:
        element = _one(source, use.location.xml_path)
        assert element.get("fill") == use.hex.lower() or element.get("fill") == use.hex
        assert element.sourceline == use.location.line


def test_white_space_inside_text_is_not_added_to() -> None:
    cleaned = clean_svg(DRAWING.encode(), "image/svg+xml", Limits()).data
    assert b"<text>two\nwords</text>" in cleaned


def test_places_of_two_hundred_values_in_made_up_pages_and_drawings_are_those_of_the_files_as_sent() -> None:
    choose = random.Random(18)
    seen = 0
    while seen < 200:
        page, drawing = made_page(choose), made_drawing(choose)
        page_lines = page.split("\n")
        for block in parse_html(clean_html(page.encode(), "text/html", Limits()).data, ".html").text_blocks:
            if "#" in block.text:
                assert block.location.line is not None
                assert block.text in page_lines[block.location.line - 1], page
                seen += 1
        source = etree.fromstring(drawing.encode())
        for use in parse_svg(clean_svg(drawing.encode(), "image/svg+xml", Limits()).data, ".svg").colours:
            element = _one(source, use.location.xml_path)
            assert str(element.get("fill")).upper() == use.hex, drawing
            assert element.sourceline == use.location.line, drawing
            seen += 1


def made_page(choose: random.Random) -> str:
    noise = [
        "<!-- a\nb -->",
        "<script>\nx\n</script>",
        "\n\n",
        "<iframe\n></iframe>",
        '<meta\n name="a"\n content="b">',
        "",
    ]
    rows = [
        f"<p\n class='a'\n>Value #{choose.randrange(16**6):06X}</p>"
        if choose.random() < 0.5
        else f"<p>#{choose.randrange(16**6):06X}</p>"
        for _ in range(9)
    ]
    body = "".join(row + choose.choice(noise) for row in rows)
    return f"{choose.choice(noise[:3])}<!DOCTYPE html>\n<html>\n<body>{choose.choice(noise)}{body}</body></html>"


def made_drawing(choose: random.Random) -> str:
    noise = [
        "<!-- a\nb -->",
        "<script>\nx\n</script>",
        "\n\n",
        "<metadata\n/>",
        f"<desc>{escape('a <b>')}\n</desc>",
        "",
    ]
    head = choose.choice(['<?xml version="1.0"?>\n', "<!DOCTYPE svg>\n", ""])
    rows = [
        f'<rect width="9" height="9"{choose.choice(["", chr(10)])} fill="#{choose.randrange(16**6):06x}"/>'
        for _ in range(9)
    ]
    body = "".join(choose.choice(noise) + row for row in rows)
    return f'{head}<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{body}</svg>'

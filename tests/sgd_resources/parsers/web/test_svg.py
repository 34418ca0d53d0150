import base64
import io

import pytest
from PIL import Image

from sgd_resources.errors import RejectedEvidence
from tests.sgd_resources.parsers.parsing import hexes, only, parse

SVG = "image/svg+xml"
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100">'


def test_fills_come_from_attributes_rules_styles_and_parents() -> None:
    document = parse(
        f"""{HEAD}<title>Mark</title><style>:root{{--sea:#0086bf}} .a{{fill:var(--sea)}} #b{{fill:#abcdef}}</style>
        <rect class="a" width="50" height="100"/><rect id="b" class="a" width="10" height="10"/>
        <g fill="rgb(22%, 59.6%, 14.9%)"><circle r="5"/><circle r="5" style="fill:#c69"/></g></svg>""",
        SVG,
    )
    assert document.title == "Mark"
    assert hexes(document) == ["#0086BF", "#ABCDEF", "#389826", "#CC6699"]
    sea = only(document, "#0086BF")
    assert (sea.source, sea.area_ratio, sea.operator) == ("svg_fill", 0.5, "var(--sea)")


def test_the_default_black_is_no_statement() -> None:
    assert parse(f'{HEAD}<rect width="9" height="9"/><path d="M0 0h9v9z" fill="none"/></svg>', SVG).colours == ()


def test_gradients_current_colour_and_use_are_resolved() -> None:
    document = parse(
        f"""{HEAD}<defs><linearGradient id="g"><stop stop-color="#111213"/>
        <stop style="stop-color:#abcdef;stop-opacity:.5"/></linearGradient>
        <linearGradient id="h" xlink:href="#g"/><path id="p" d="M0 0h10v10z"/></defs>
        <rect width="10" height="10" fill="url(#h)"/>
        <g color="#123456"><rect width="1" height="1" fill="currentColor"/></g>
        <use xlink:href="#p" fill="#fedcba"/></svg>""",
        SVG,
    )
    assert hexes(document, "svg_gradient") == ["#111213", "#ABCDEF"]
    assert only(document, "#ABCDEF").alpha == 0.5
    assert hexes(document, "svg_fill") == ["#123456", "#FEDCBA"]


def test_text_gives_its_words_and_family() -> None:
    document = parse(
        f'{HEAD}<text font-family="\'Avenir Next\', sans-serif" fill="#123456">Hello <tspan>there</tspan></text></svg>',
        SVG,
    )
    assert [block.text for block in document.text_blocks] == ["Hello there"]
    assert [(font.family, font.source) for font in document.fonts] == [("Avenir Next", "svg_text")]


def test_entities_and_broken_xml_are_rejected() -> None:
    for bad in ('<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>', "<svg"):
        with pytest.raises(RejectedEvidence):
            parse(bad, SVG)


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        ('<g style="--c:#6a0dad;color:var(--c)"><rect width="9" height="9" fill="currentColor"/></g>', ["#6A0DAD"]),
        ('<style>.a{fill:#00897b !important}</style><rect class="a" width="9" height="9" style="fill:#f0f"/>',
         ["#00897B"]),
        ('<style>.a{fill:#00897b}</style><rect class="a" width="9" height="9" style="fill:#f0f"/>', ["#FF00FF"]),
        ('<rect width="9" height="9" fill="url(#none) #d81b60"/>', ["#D81B60"]),
        ('<linearGradient id="s"><stop stop-color="#8e44ad"/></linearGradient><linearGradient id="t" '
         'xlink:href="#s"/><rect width="9" height="9" fill="url(#t)"/>', ["#8E44AD"]),
    ],
)  # fmt: skip
def test_variables_importance_fallbacks_and_swatches_of_one_stop_are_resolved(
    drawing: str, expected: list[str]
) -> None:
    assert hexes(parse(f"{HEAD}{drawing}</svg>", SVG), "svg_fill") == expected


def test_a_fallback_behind_a_gradient_that_is_there_is_not_painted() -> None:
    drawing = (
        '<linearGradient id="g"><stop stop-color="#111213"/><stop stop-color="#abcdef"/></linearGradient>'
        '<rect width="9" height="9" fill="url(#g) #d81b60"/>'
    )
    assert hexes(parse(f"{HEAD}{drawing}</svg>", SVG)) == ["#111213", "#ABCDEF"]


def test_a_part_of_a_text_in_its_own_ink_gives_that_colour() -> None:
    document = parse(f'{HEAD}<text fill="#264653">Acme<tspan fill="#e76f51">.</tspan></text></svg>', SVG)
    assert hexes(document, "svg_fill") == ["#264653", "#E76F51"]


def test_a_drawing_that_is_one_picture_shows_the_pictures_colours() -> None:
    picture = Image.new("RGB", (200, 100), (10, 125, 79))
    picture.paste((242, 194, 48), (100, 0, 200, 100))
    out = io.BytesIO()
    picture.save(out, "PNG")
    image = f'<image xlink:href="data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"/>'
    assert hexes(parse(f"{HEAD}{image}</svg>", SVG), "pixels") == ["#0A7D4F", "#F2C230"]
    assert hexes(parse(f'{HEAD}<rect fill="#123456" width="9" height="9"/>{image}</svg>', SVG)) == ["#123456"]
    broken = parse(f'{HEAD}<image href="data:image/png;base64,AAAA"/></svg>', SVG)
    assert broken.colours == ()
    assert "was not read" in broken.warnings[0]

"""LaTeX sources of an invented university."""

from sgd_assets.canon.derive import derive_canon
from tests.sgd_resources.parsers.parsing import parse

_THEME = r"""% (c) the chair of heraldry
\ProvidesPackage{beamerthemeOwl}

% Primary colors
\definecolor{owlblue}{RGB}{0,76,151}
\definecolor{owlgold}{RGB}{240,171,0}

% ---- Secondary colors ----
\definecolor{owlmoss}{HTML}{4C8C2B}
%\definecolor{old}{HTML}{112233}
"""


def test_comments_of_their_own_line_are_headings() -> None:
    blocks = parse(_THEME, "text/plain", ".sty").text_blocks
    assert [(block.text, block.location.line) for block in blocks if block.kind == "heading"] == [
        ("Primary colors", 4),
        ("Secondary colors", 8),
    ]


def test_the_colours_under_primary_are_the_palette() -> None:
    canon = derive_canon([("beamerthemeOwl.sty", parse(_THEME, "text/plain", ".sty"))])
    assert canon.palette_hex == ("#004C97", "#F0AB00")


def test_definitions_behind_a_comment_sign_are_out_of_use() -> None:
    assert "#112233" not in [use.hex for use in parse(_THEME, "text/plain", ".sty").colours]


def test_a_set_whose_colours_all_bear_another_name_is_a_daughter_brands() -> None:
    theme = r"""% Color Palette
\definecolor{owl blue}{RGB}{0,76,151}
\definecolor{owl gold}{RGB}{240,171,0}

% Suggested Complementary Colors
\definecolor{owl moss}{RGB}{76,140,43}
\definecolor{owl rust}{RGB}{170,60,20}

% Owl Clinic Color Palette
\definecolor{owl clinic teal}{RGB}{0,130,130}
\definecolor{owl clinic pink}{RGB}{230,90,150}
"""
    canon = derive_canon([("beamercolorthemeowl.sty", parse(theme, "text/plain", ".sty"))])
    assert canon.palette_hex == ("#004C97", "#F0AB00")

"""The precedence of colours, as `colours.py` writes it down, and what is no brand colour."""

import json
from itertools import product

import pytest

from sgd_assets.canon.model import Canon
from sgd_assets.canon.weigh import colour_index
from sgd_assets.canon.weigh import palette as colours
from sgd_resources.colour import delta_e_2000
from tests.sgd_assets.canon.made_evidence import canon_of

GUIDE = "# Brand\n\n## Colours\n\n| Name | Hex |\n|---|---|\n| Lake | #005F73 |\n| Coral | #EE6C4D |\n"
TOKENS = "$brand-lake: #0A9396;\n$brand-sand: #E9D8A6;\n"
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#772953"/>'
    '<path d="M0 0h4v9z" fill="#E95420"/></svg>'
)
SHEET = "a { color: #ff00aa } .card { background: #123456 }"


def palette(**files: str) -> tuple[str, ...]:
    return canon_of(**files).palette_hex


def test_a_printed_value_in_a_colour_section_outranks_everything() -> None:
    assert palette(guide_md=GUIDE, brand_scss=TOKENS, logo_svg=LOGO, site_css=SHEET) == ("#005F73", "#EE6C4D")


def test_tokens_named_brand_outrank_the_logo() -> None:
    assert palette(brand_scss=TOKENS, logo_svg=LOGO, site_css=SHEET) == ("#0A9396", "#E9D8A6")


def test_the_logo_outranks_style_sheets() -> None:
    assert set(palette(logo_svg=LOGO, site_css=SHEET)) == {"#772953", "#E95420"}


def test_style_sheets_speak_where_nothing_else_does() -> None:
    assert set(palette(site_css=SHEET)) == {"#FF00AA", "#123456"}


def test_the_order_of_files_does_not_matter() -> None:
    one = canon_of(guide_md=GUIDE, brand_scss=TOKENS, logo_svg=LOGO)
    other = canon_of(logo_svg=LOGO, guide_md=GUIDE, brand_scss=TOKENS)
    assert one.version == other.version


def test_every_notation_of_one_colour_is_one_fact() -> None:
    canon = canon_of(
        guide_md="# Colours\n\n**Lake**\n\n- HEX: #2B4370\n- RGB: 43, 67, 112\n- CMYK: 100, 57, 0, 38\n"
        "- Pantone 541 C\n\n"
        "**Sky**\n\n- HEX: #3f6fb0\n- RGB: 63, 111, 176\n"
    )
    fact = canon.facts[0]
    assert [found.value for found in canon.facts] == ["#2B4370", "#3F6FB0"]
    assert fact.colour is not None
    assert list(fact.colour.cmyk or ()) == [100, 57, 0, 38]
    assert fact.colour.spot_names == ("PANTONE 541 C",)
    assert fact.colour.rgb == (43, 67, 112)
    assert fact.colour.name == "Lake"


def test_bare_hex_and_triples_count_where_a_table_says_what_they_are() -> None:
    assert palette(readme_md="# Colors\n\n| Name | RGB |\n|---|---|\n| Teal | 10 143 168 |\n| Grey | 78 81 87 |\n") == (
        "#0A8FA8",
        "#4E5157",
    )
    assert palette(readme_md="# Colors\n\n| Name | Hex code |\n|---|---|\n| A | 1AA0F0 |\n| B | F2602A |\n") == (
        "#1AA0F0",
        "#F2602A",
    )


def test_a_set_called_primary_shuts_out_the_secondary_one_which_stays_a_fact() -> None:
    canon = canon_of(
        guide_md="# Colours\n\n## Primary\n\n- Lake `#005F73`\n- Coral `#EE6C4D`\n\n## Secondary\n\n"
        "- Sand `#E9D8A6`\n- Moss `#606C38`\n"
    )
    assert canon.palette_hex == ("#005F73", "#EE6C4D")
    assert {fact.value for fact in canon.facts} >= {"#E9D8A6", "#606C38"}


def test_a_primary_set_of_one_colour_does_not_shut_out_the_rest() -> None:
    canon = canon_of(
        guide_md="# Colours\n\n## Primary\n\n- Lake `#005F73`\n\n## Secondary\n\n- Sand `#E9D8A6`\n- Moss `#606C38`\n"
    )
    assert canon.palette_hex == ("#005F73", "#E9D8A6", "#606C38")


def test_primary_and_secondary_for_light_and_dark_grounds_are_one_palette() -> None:
    canon = canon_of(
        guide_md="# Accent colours\n\n"
        "The primary colours are used on a dark background and the secondary colours on a light background.\n\n"
        "## Primary colours\n\n- Lake `#9BC4F7`\n- Moss `#A6CC5C`\n\n## Secondary colours\n\n"
        "- Deep lake `#0A2F9E`\n- Deep moss `#0B4420`\n"
    )
    assert len(canon.palette_hex) == 4


def test_a_sentence_may_say_which_rows_are_primary() -> None:
    rows = "| Name | Hex |\n|---|---|\n| Teal | #0A8FA8 |\n| Grey | #4E5157 |\n| Gold | #F29A2E |\n"
    assert palette(guide_md=f"# Colors\n\n{rows}\nThe primary colors are those in the first two rows.\n") == (
        "#0A8FA8",
        "#4E5157",
    )
    assert palette(guide_md=f"# Colors\n\n{rows}\nOur primary colors are Teal and Gold.\n") == ("#0A8FA8", "#F29A2E")


def test_shades_of_a_ramp_count_by_their_lead() -> None:
    rows = "".join(
        f"| Lake {step} | {value} |\n"
        for step, value in ((100, "#DBE6F5"), (300, "#8AACD9"), (500, "#2B5797"), (700, "#1D3C68"))
    )
    assert palette(guide_md=f"# Colors\n\n| Name | Hex |\n|---|---|\n{rows}| Coral | #EE6C4D |\n") == (
        "#2B5797",
        "#EE6C4D",
    )


def test_shades_functions_and_translucent_tokens_are_no_brand_colours() -> None:
    canon = canon_of(
        brand_css=":root { --primary: #0066CC; --primary-light: #99ccff; --primary-hover: #004c99; --accent: "
        "#ff682c; --error: #cc0000;"
        " --shadow: rgba(0, 0, 0, .2) }"
    )
    assert canon.palette_hex == ("#0066CC", "#FF682C")


def test_black_and_white_count_only_where_a_guide_names_them() -> None:
    assert "#000000" not in palette(
        brand_css=":root { --brand-ink: #000; --brand-lake: #005f73; --brand-coral: #ee6c4d }"
    )
    named = "# Colours\n\n| Name | Hex |\n|---|---|\n| Black | #000000 |\n| Lake | #005F73 |\n"
    assert palette(guide_md=named) == ("#000000", "#005F73")


def test_near_values_merge_unless_one_guide_gives_them_two_names() -> None:
    merged = canon_of(guide_md=GUIDE, site_scss="$brand-lake: #005E73;\n")
    assert len(merged.palette_hex) == 2
    apart = canon_of(
        guide_md="# Colours\n\n| Name | Hex |\n|---|---|\n| Paper | #FFFFFF |\n| Mist | #F4F5F6 |\n| Ink | #101028 |\n"
    )
    assert len(apart.palette_hex) == 3


def test_values_shown_as_misuse_or_example_are_no_colours() -> None:
    canon = canon_of(
        guide_md=GUIDE + "\n## Misuse\n\nThe logo in #FF0000 is wrong.\n\n## Contrast\n\nText in #767676 passes.\n\n"
        "Never recolour it, e.g. to #00FF00.\n"
    )
    assert {fact.value for fact in canon.facts if fact.kind == "colour"} == {"#005F73", "#EE6C4D"}


def test_office_defaults_are_nobodys_brand(  # the theme parser itself is tested with the parsers
) -> None:
    from sgd_assets.canon.colours.used import OFFICE_DEFAULTS

    assert "#4472C4" in OFFICE_DEFAULTS


def test_gradients_of_a_logo_give_way_to_its_flat_fills() -> None:
    stops = '<stop stop-color="#9C33D6"/><stop stop-color="#36C3F2"/>'
    logo = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
        f'<defs><linearGradient id="g">{stops}</linearGradient></defs>'
        '<path d="M0 0h9v4z" fill="url(#g)"/><path d="M0 4h9v5z" fill="#201538"/></svg>'
    )
    assert palette(logo_svg=logo) == ("#201538",)


def test_no_evidence_gives_no_palette_and_says_so() -> None:
    canon = canon_of(guide_md="# Writing\n\nShort words.\n")
    assert canon.palette_hex == ()
    assert canon.status == "incomplete"
    assert any(item.what == "palette" for item in canon.abstained)


def test_every_fact_is_cited() -> None:
    canon: Canon = canon_of(guide_md=GUIDE, brand_scss=TOKENS, logo_svg=LOGO, site_css=SHEET)
    assert all(citation.quote for fact in canon.facts for citation in fact.citations)


def test_a_long_list_of_shades_is_read_by_its_leads() -> None:
    hues = {"Blue": "0033{:02X}", "Red": "{:02X}1122", "Green": "11{:02X}33"}
    rows = "".join(
        f"| {hue} {step} | #{value.format(70 + 2 * step)} |\n"
        for hue, value in hues.items()
        for step in range(5, 90, 9)
    )
    assert len(palette(guide_md=f"# Colors\n\n| Name | Hex |\n|---|---|\n{rows}")) == 3


def test_one_caption_below_a_value_names_it_and_a_list_of_other_words_does_not() -> None:
    def name_of(below: str) -> str | None:
        canon = canon_of(guide_md=f"# Colours\n\n`#005F73`\n\n{below}\n")
        return next(fact.colour.name for fact in canon.facts if fact.colour is not None)

    assert name_of("Lake") == "Lake"
    assert name_of("Sand\n\nYellow\n\nCoral") is None


def test_a_colour_defined_for_latex_has_the_name_of_its_definition() -> None:
    text = "# Colours\n\n```latex\n\\definecolor{lake}{HTML}{005F73}\n\\definecolor{coral}{RGB}{238,108,77}\n```\n"
    canon = canon_of(guide_md=text)
    assert [(f.value, f.colour.name) for f in canon.facts if f.colour] == [("#005F73", "lake"), ("#EE6C4D", "coral")]


def test_colours_beyond_the_bound_of_an_org_are_left_out_and_the_canon_says_how_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(colours, "MOST_COLOURS", 3)
    canon = canon_of(guide_md=GUIDE, brand_scss=TOKENS, site_css=SHEET)
    assert canon.palette_hex == ("#005F73", "#EE6C4D")
    assert [fact.value for fact in canon.facts if fact.kind == "colour"] == ["#005F73", "#EE6C4D", "#0A9396"]
    assert canon.notes == (
        "of 6 different colours in the files the first 3 in order of precedence were weighed, 3 were left out",
    )


def test_a_canon_that_left_nothing_out_says_nothing_of_it() -> None:
    assert "notes" not in json.loads(canon_of(guide_md=GUIDE).canonical_json())


def test_colours_that_a_guide_means_apart_are_not_measured_against_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = 0

    def counted(one: str, other: str) -> float:
        nonlocal measured
        measured += 1
        return delta_e_2000(one, other)

    monkeypatch.setattr(colour_index, "delta_e_2000", counted)
    names = ["".join(letters) for letters in product("abcdefghij", repeat=2)]
    rows = "".join(f"| Sea {n} | #{0x406080 + i % 10 + 256 * (i // 10):06X} |\n" for i, n in enumerate(names))
    canon = canon_of(guide_md=f"# Colours\n\n| Name | Hex |\n|---|---|\n{rows}")
    assert len(canon.palette_hex) == 100
    assert measured <= 3 * 100


def test_a_variables_500_leads_its_lightest_and_darkest_steps_where_those_are_all() -> None:
    colours = {"brand": {"50": "#eef7ff", "500": "#1769e0", "900": "#0b2f66"}, "sun": {"value": "#ffb703"}}
    assert canon_of(tokens_json=json.dumps({"colors": colours})).palette_hex == ("#1769E0", "#FFB703")

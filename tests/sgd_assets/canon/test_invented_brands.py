"""Whole guides of invented brands, in the manner of real ones: the rules hold where nobody tuned them."""

import io

from pptx import Presentation

from sgd_assets.canon.model import Canon, Role
from tests.sgd_assets.canon import drawn_guides
from tests.sgd_assets.canon.made_evidence import canon_of

LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="60" height="60" fill="#5F0F40"/>'
    '<circle cx="80" cy="80" r="20" fill="#FB8B24"/><path d="M0 90h10v10z" fill="#fff"/></svg>'
)


def roles(canon: Canon) -> dict[str, Role | None]:
    return {fact.value: fact.role for fact in canon.facts if fact.kind in ("colour", "font")}


def test_a_readme_with_a_table_of_colours_and_a_list_of_donts() -> None:
    canon = canon_of(
        README_md="# Quillwort brand assets\n\n## Logo\n\nPlease leave clear space of at least half the x-height of "
        "the wordmark on every side.\n\n### Do not\n\n- Do not rotate the logo\n"
        "- Do not use `#FF00FF` or any other colour for the logo\n\n## Brand colors\n\n"
        "| | Color | HEX | RGB | CMYK |\n|---|---|---|---|---|\n"
        "| ![](a.png) | Fern | `#2F6B3C` | 47, 107, 60 | 56, 0, 44, 58 |\n"
        "| ![](b.png) | Clay | `#C9623F` | 201, 98, 63 | 0, 51, 69, 21 |\n\n"
        "## Typography\n\nTypeface: Karla, alternative Verdana if Karla is not available.\n"
    )
    assert canon.palette_hex == ("#2F6B3C", "#C9623F")
    assert canon.fonts == ("Karla",)
    assert canon.voice is None
    assert "half the x-height" in (canon.logo_safe_zone or "")
    assert len(canon.logo_donts) == 2
    assert set(roles(canon).values()) == {None}


def test_scss_tokens_with_maps() -> None:
    canon = canon_of(
        tokens_scss="$quill: #34435E;\n$ember: #E4572E;\n$brand-colors: (\n  'quill': $quill,\n  'ember': $ember,\n"
        "  'ember-dark': darken(#E4572E, 10%),\n  'mist': #D8E2DC\n);\n"
        "$theme-colors: (primary: $quill, danger: #d00000);\n"
        "$font-stack-body: 'Mulish', Helvetica, sans-serif;\n$font-stack-heading: 'Bitter', Georgia, serif;\n"
    )
    assert canon.palette_hex == ("#34435E", "#E4572E", "#D8E2DC")
    assert roles(canon) | {"Mulish": "body", "Bitter": "heading", "#34435E": "primary"} == roles(canon)


def test_design_tokens_with_references() -> None:
    canon = canon_of(
        tokens_json='{"color":{"$type":"color","base":{"ocean":{"500":{"$value":"#1B6CA8"},"900":{"$value":"#08324F"}},'
        '"sun":{"500":{"$value":"#F2B134"}}},"brand":{"primary":{"$value":"{color.base.ocean.500}"},'
        '"secondary":{"$value":"{color.base.sun.500}"}},"feedback":{"error":{"$value":"#B00020"}}},'
        '"font":{"heading":{"$type":"fontFamily","$value":["Sora","Arial","sans-serif"]},'
        '"body":{"$type":"fontFamily","$value":"Work Sans"}}}'
    )
    assert canon.palette_hex == ("#1B6CA8", "#F2B134")
    assert canon.fonts == ("Sora", "Work Sans")
    assert roles(canon)["#1B6CA8"] == "primary"


def test_a_web_page_with_painted_boxes_gives_no_box_the_role_of_a_background() -> None:
    boxes = "".join(
        f'<div class="sw"><div style="background:{value};height:80px"></div><p>{name}</p><p>{value}</p></div>'
        for name, value in (("Deep water", "#0B3954"), ("Coral", "#FF6663"), ("Lime", "#E0FF4F"))
    )
    canon = canon_of(
        guide_html=f"<html><body><h2>Colour palette</h2>{boxes}<h2>Typography</h2><p>Headlines are set in "
        "<strong>Space Grotesk</strong>. Body copy is set in Inter.</p></body></html>"
    )
    assert canon.palette_hex == ("#0B3954", "#FF6663", "#E0FF4F")
    assert canon.fonts == ("Space Grotesk", "Inter")
    assert [roles(canon)[value] for value in canon.palette_hex] == [None, None, None]


def test_a_guide_in_british_english() -> None:
    canon = canon_of(
        guide_md="# Tern & Co. guidelines\n\n## Colours\n\nOur primary colours are Harbour and Gorse.\n\n"
        "Harbour: #12355B\n\nGorse: #E3B505\n\nThrift (supporting): #DB504A\n\n## Fonts\n\nWe use Public Sans for "
        "headings and Source Serif 4 for body text.\n\n## Voice\n\nWe are direct, warm and a little dry.\n\n### Do\n\n"
        "- Favour short sentences.\n\n### Don't\n\n- Use buzzwords.\n\n## Exclusion zone\n\n"
        "Keep an exclusion zone equal to the height of the letter T around the logo.\n"
    )
    assert canon.palette_hex == ("#12355B", "#E3B505")
    assert roles(canon)["#DB504A"] == "secondary"
    assert [fact.colour.name for fact in canon.facts if fact.colour][-1] == "Thrift (supporting)"
    assert canon.fonts == ("Public Sans", "Source Serif 4")
    assert canon.voice is not None
    assert canon.voice.donts == ("Use buzzwords.",)
    assert canon.status == "complete"


def test_a_guide_in_american_english_with_a_role_in_front_of_each_line() -> None:
    canon = canon_of(
        guide_md="# Brand\n\n## Color palette\n\n**Primary color:** Navy (#0A2342)\n\n**Accent color:** Mint (#2CA58D)"
        "\n\n**Neutral:** Gray (#84828F)\n\n## Type\n\n**Headings** – Archivo Bold\n**Body** – Lora Regular\n"
    )
    assert canon.palette_hex == ("#0A2342", "#2CA58D", "#84828F")
    assert [roles(canon)[value] for value in canon.palette_hex] == ["primary", "accent", "neutral"]
    assert canon.fonts == ("Archivo", "Lora")


def test_a_printed_table_of_hex_inks_and_pantone_names() -> None:
    canon = canon_of(guide_pdf=drawn_guides.drawn(drawn_guides.ink_table))
    assert canon.palette_hex == ("#1F4D3A", "#F4A259", "#F6F1E7")
    spots = [fact.colour.spot_names for fact in canon.facts if fact.colour]
    assert spots == [("PANTONE 3308 C",), ("PANTONE 157 C",), ("PANTONE 9184 C",)]


def test_printed_swatches_in_two_columns() -> None:
    canon = canon_of(guide_pdf=drawn_guides.drawn(drawn_guides.two_columns))
    named = {fact.colour.name: fact.value for fact in canon.facts if fact.colour}
    assert named == {"Storm": "#2E4057", "Rust": "#B7410E", "Wheat": "#F5DEB3", "Pine": "#01796F"}
    assert canon.conflicts == ()
    assert canon.fonts == ()


def test_printed_labels_left_of_their_swatches() -> None:
    canon = canon_of(guide_pdf=drawn_guides.drawn(drawn_guides.labels_left))
    named = {fact.colour.name: fact.value for fact in canon.facts if fact.colour}
    assert named == {"Iris": "#4B3F72", "Lagoon": "#119DA4", "Butter": "#FFC857"}


def test_inks_without_any_hex_keep_their_parts_and_spot_names() -> None:
    canon = canon_of(guide_pdf=drawn_guides.drawn(drawn_guides.spot_inks))
    colours = [fact.colour for fact in canon.facts if fact.colour]
    assert [(colour.name, colour.spot_names) for colour in colours] == [
        ("Iris", ("PANTONE 260 C",)),
        ("Lagoon", ("PANTONE 261 C",)),
        ("Butter", ("PANTONE 262 C",)),
    ]
    assert [round(ink) for ink in colours[1].cmyk or ()] == [90, 4, 0, 36]


def test_only_logos_give_the_colours_of_the_coloured_one() -> None:
    white = LOGO.replace("#5F0F40", "#ffffff").replace("#FB8B24", "#ffffff")
    canon = canon_of(logo_svg=LOGO, logo_white_svg=white)
    assert canon.palette_hex == ("#5F0F40", "#FB8B24")
    assert {item.what for item in canon.abstained} == {"fonts", "voice", "logo_safe_zone"}


def test_only_a_voice_guide() -> None:
    canon = canon_of(
        voice__tone_md="# Voice and tone\n\nOur voice is calm, exact and generous.\n\n## Do\n\n- Address the reader as "
        "you.\n\n## Don't\n\n- Make promises we can't keep.\n- Use exclamation marks.\n"
    )
    assert canon.palette_hex == canon.fonts == ()
    assert canon.voice is not None
    assert canon.voice.dos == ("Address the reader as you.",)
    assert canon.voice.donts == ("Make promises we can't keep.", "Use exclamation marks.")


def test_groups_called_primary_and_secondary_with_tints_listed_apart() -> None:
    canon = canon_of(
        colors_md="# Color\n\n## Primary\n\n- Plum `#5B2A86`\n- Teal `#0FA3B1`\n\n## Secondary\n\n- Peach `#F7A072`\n\n"
        "## Tints\n\n- Plum 80% `#7C559E`\n- Plum 20% `#DED4E7`\n"
    )
    assert canon.palette_hex == ("#5B2A86", "#0FA3B1")
    assert set(roles(canon)) == {"#5B2A86", "#0FA3B1", "#F7A072"}


def test_percentages_below_a_colour_are_its_tints_but_a_percentage_of_black_is_a_grey() -> None:
    tints = "- Plum: #5B2A86\n- 80%: #7C559E\n- 60%: #9D7FB6\n- 20%: #DED4E7\n"
    canon = canon_of(colors_md=f"# Colors\n\n## Plum\n\n{tints}\n## Teal\n\n- Teal: #0FA3B1\n- 40%: #9FDAE0\n")
    assert canon.palette_hex == ("#5B2A86", "#0FA3B1")
    greys = canon_of(colors_md="# Colors\n\n- Plum: #5B2A86\n- Black: #000000\n- Black 80%: #333333\n")
    assert "#333333" in greys.palette_hex


def test_values_for_dark_mode_and_the_page_s_ground_are_no_further_brand_colours() -> None:
    canon = canon_of(
        site_css=":root{--color-primary:#3A5A40;--color-accent:#BC4749;--color-bg:#fff;--color-text:#1a1a1a}\n"
        "@media (prefers-color-scheme: dark){:root{--color-primary:#A3B18A;--color-accent:#F2A2A3;--color-text:#eee}}\n"
        '[data-theme="dark"]{--color-primary:#A3B18A;--color-accent:#F2A2A3}\n'
        ':root{--font-body:"Nunito Sans", Arial, sans-serif}'
    )
    assert canon.palette_hex == ("#3A5A40", "#BC4749")
    assert canon.fonts == ("Nunito Sans",)


def test_a_font_named_only_as_stand_in_is_not_the_brand_s() -> None:
    fallback = "# Typography\n\nWhere our fonts cannot be loaded, use Arial as the web fallback.\n"
    assert canon_of(guide_md=fallback).fonts == ()
    assert canon_of(guide_md="# Typography\n\nTypeface: Effra, alternative Calibri\n").fonts == ("Effra",)
    assert canon_of(guide_md="# Fonts\n\nIf Gotham is unavailable, our font is Arial.\n").fonts == ()


def test_clear_space_by_x_height_is_read_as_a_ratio() -> None:
    canon = canon_of(
        guide_md="# Logo\n\n## Clear space\n\nThe minimum clear space around the logo is twice the x-height of the "
        "wordmark.\n\nThe logo must never be smaller than 24 px in height.\n"
    )
    measures = [fact.measure for fact in canon.facts if fact.kind == "logo_clear_space" and fact.measure]
    assert (measures[0].unit, measures[0].value, measures[0].reference) == ("ratio", 2.0, "x-height of the wordmark")


def test_an_office_template_with_the_program_s_own_theme_states_nothing() -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    slide.shapes.title.text = "Quarterly figures"
    buffer = io.BytesIO()
    deck.save(buffer)
    canon = canon_of(template_pptx=buffer.getvalue())
    assert canon.palette_hex == canon.fonts == ()
    assert {item.what for item in canon.abstained} == {"palette", "fonts", "voice", "logo_safe_zone"}


def test_a_row_of_three_notations_in_columns_is_one_colour() -> None:
    canon = canon_of(guide_pdf=drawn_guides.drawn(drawn_guides.three_notations))
    told = {f.value: (f.colour.cmyk, f.colour.spot_names) for f in canon.facts if f.colour is not None}
    assert told == {
        "#7A2E8C": ((60, 90, 0, 10), ("PANTONE 2613 C",)),
        "#00A19B": ((80, 10, 45, 0), ("PANTONE 3272 C",)),
    }

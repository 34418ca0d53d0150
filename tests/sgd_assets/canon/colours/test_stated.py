"""Colours in the words of invented guides: which sets are the brand's, and which stand behind."""

from tests.sgd_assets.canon.made_evidence import canon_of

_LOGO_AND_SITE = """\
# Style guide of Quillbrook

## Logo colours

* ink #10243E
* straw #E8C872

## Web site colours

* link blue #2A6FDB
* rule grey #D5D9DE
* page #F7F5EF

## Documentation colours

* code rust #B4541A
"""

_NEUTRAL_USES = """\
# Colour guide

## Primary palette

### Plum base
- Hex: `#3B1F33`
- Use: primary backgrounds

### Grey echo
- Hex: `#D9D2D6`
- Use: secondary backgrounds, text on dark backgrounds

## Complementary palette

### Coral
- Hex: `#D9775B`
"""


def test_colours_of_a_web_site_stand_behind_those_of_the_logo() -> None:
    assert canon_of(**{"style-guide.md": _LOGO_AND_SITE}).palette_hex == ("#10243E", "#E8C872")


def test_what_a_colour_is_used_for_does_not_take_it_out_of_the_primary_set() -> None:
    assert canon_of(**{"colours.md": _NEUTRAL_USES}).palette_hex == ("#3B1F33", "#D9D2D6")


def test_the_first_text_colour_is_not_the_first_colour_of_the_brand() -> None:
    guide = "# Colours\n\n- Text primary: #1B1B2F\n- Text secondary: #5A5A72\n- Primary: #E4572E\n"
    assert canon_of(**{"colours.md": guide}).palette_hex[0] == "#E4572E"


_ROLES_AND_PARTS = """\
# Kleuren

## Huis

- Primary: #10604B
- Secondary: #3B4EA6
- Accent: #F59E0B

## Scherm

- Text primary: #111827
- Surface: #F3F4F6

## Meldingen

- Success: #22A05A
- Error: #E04343
"""


def test_parts_and_states_of_a_screen_stand_behind_the_set_of_primary_and_secondary() -> None:
    assert canon_of(**{"colours.md": _ROLES_AND_PARTS}).palette_hex == ("#10604B", "#3B4EA6", "#F59E0B")


def test_a_warning_ends_with_its_line() -> None:
    text = "Colours\nNavy: #0A2342\nKeep it light so that pages don't look dark\nAccent colour\nAmber: #FF6600\n"
    assert canon_of(**{"colours.txt": text}).palette_hex == ("#0A2342", "#FF6600")


def test_what_may_be_read_on_a_swatch_is_not_its_name() -> None:
    page = (
        "<h1>Colours</h1><div><p>Straw</p><p>#F2D974</p><p>Dark text</p></div>"
        "<div><p>Dark text</p><p>#F7E9B0</p></div><div><p>Light text</p><p>#1B2A49</p></div>"
    )
    canon = canon_of(**{"colours.html": page})
    roles = {fact.value: (fact.role, fact.colour.name if fact.colour else None) for fact in canon.facts}
    assert roles["#F7E9B0"] == (None, None)
    assert roles["#1B2A49"] == (None, None)


def test_names_below_their_values_name_what_is_above() -> None:
    boxes = "".join(
        f'<div style="background: {value}"><code>{value}</code></div><code>{name}</code>'
        for value, name in (("#2A333E", "Ink"), ("#F77450", "Flame"), ("#35AB75", "Leaf"))
    )
    canon = canon_of(**{"guide.html": f"<h2>Brand colours</h2><div>{boxes}</div>"})
    assert [fact.colour.name for fact in canon.facts if fact.colour] == ["Ink", "Flame", "Leaf"]


def test_inks_beside_a_value_are_talk_of_colour() -> None:
    guide = "# Branding\n\n" + "".join(
        f"* {name}: {value} Pantone: 361 U RGB: 74 178 93 CMYK: 58 0 48 30 for all that we print\n"
        for name, value in (("Light", "#4EB15C"), ("Dark", "#013B41"))
    )
    assert canon_of(**{"readme.md": guide}).palette_hex == ("#4EB15C", "#013B41")


def test_lines_in_capitals_title_the_sets_of_a_plain_text() -> None:
    text = "OUR COLOURS\n\nPRIMARY COLOURS\n\nHEX 00447C\nHEX EE3124\n\nSECONDARY COLOURS\n\nHEX 808285\nHEX 119944\n"
    assert canon_of(**{"colours.txt": text}).palette_hex == ("#00447C", "#EE3124")


def test_the_colour_that_a_type_style_is_set_in_is_no_brand_colour() -> None:
    styles = ("Font: Oswald Bold  Size: 28pt  Color: #015794  Usage: Headline", "Font: Lora Size: 20px Color: #293A8A")
    assert canon_of(**{"style.txt": "\n\n".join(("Headings", *styles))}).palette_hex == ()


def test_the_logos_colourways_join_no_palette_that_a_section_on_colour_states() -> None:
    logo = (
        "# Brand\n\n## Logo\n\n| Colorway | Color | Use on |\n|---|---|---|\n| Deep | `#1B3A4B` | light |\n"
        "| Alternate | `#5A5048` | very light |\n\n"
    )
    colour = "## Color\n\n**Primary:** Deep `#1B3A4B` · Reed `#8A9A5B` · Clay `#B66A50`\n"
    assert canon_of(guide_md=logo + colour).palette_hex == ("#1B3A4B", "#8A9A5B", "#B66A50")
    assert canon_of(guide_md=logo).palette_hex == ("#1B3A4B", "#5A5048")


def test_a_colours_name_is_in_front_of_its_notation_and_never_the_heading_around_it() -> None:
    guide = "# Guide\n\n## Colours\n\nember: RGB colour: #D9480F\n\n## Voice and tone\n\nUse short words.\n"
    canon = canon_of(guide_md=guide)
    assert [fact.colour.name for fact in canon.facts if fact.colour] == ["ember"]


def test_tints_of_a_table_and_numbers_of_issues_are_no_colours_of_the_brand() -> None:
    canon = canon_of(
        guide_md="# Brand colours\n\nFixes #123456 and #404040 in the tracker.\n\n"
        "| | 100% | 60% | 20% |\n|---|---|---|---|\n| Ink | #0A2540 | #6C7C8C | #CED3D9 |\n"
        "| Coral | #FF5A5F | #FF9C9F | #FFDEDF |\n"
    )
    assert canon.palette_hex == ("#0A2540", "#FF5A5F")


def test_a_grey_of_digits_alone_is_a_colour_where_nothing_speaks_of_issues() -> None:
    assert canon_of(guide_md="# Brand colours\n\n- Slate: #404040\n- Ink: #123456\n").palette_hex == (
        "#404040",
        "#123456",
    )

"""Readmes, style sheets and pages of invented brands, in the loose manner of real repositories."""

from tests.sgd_assets.canon.made_evidence import canon_of


def test_rows_without_a_start_tag_and_an_empty_first_row_are_still_rows() -> None:
    canon = canon_of(
        README_md="# Teasel artwork\n\n### Color Palette\n\n<table>\n\t<tr>\n\t\t<th colspan=4>\n\t</tr>\n"
        "\t\t<th></th>\n"
        "\t\t<th>RGB</th>\n\t\t<th>Pantone</th>\n\t\t<th>Hex</th>\n\t</tr>\n\t\t<td><img src='a.svg'></td>\n"
        "\t\t<td>(31, 122, 140)</td>\n\t\t<td>3145C</td>\n\t\t<td>#1F7A8C</td>\n\t</tr>\n\t</tr>\n"
        "\t\t<td><img src='b.svg'></td>\n\t\t<td>(191, 68, 48)</td>\n\t\t<td>7597C</td>\n\t\t<td>#BF4430</td>\n"
        "\t</tr>\n</table>\n\n### Font\n\n"
        "The TSL font is [Molot Pro Bold](./molot.zip), available under the Open Font License.\n"
    )
    assert canon.palette_hex == ("#1F7A8C", "#BF4430")
    assert canon.fonts == ("Molot Pro",)


def test_blank_lines_do_not_end_a_box_of_html_in_markdown() -> None:
    tile = (
        '  <div class="tile">\n    <div style="background:{0}"></div>\n'
        "    <code>${1}</code>\n    <code>{0}</code>\n  </div>\n"
    )
    canon = canon_of(
        guide_md='<section>\n<div>\n\n  <h3>Colours</h3>\n  <div class="grid">\n  '
        + "\n  ".join(tile.format(value, name) for value, name in (("#0B4F6C", "deep"), ("#F4A259", "sun")))
        + "  </div>\n\n<h3>Typography</h3>\n<table>\n  <thead>\n    <tr><th>Element</th><th>Font Stack</th></tr>\n"
        "  </thead>\n\n  <tbody>\n    <tr><td>Headers</td><td><code>'Wexel', sans-serif</code></td></tr>\n  </tbody>\n"
        "</table>\n\n</div>\n</section>\n"
    )
    assert canon.palette_hex == ("#0B4F6C", "#F4A259")
    assert canon.fonts == ("Wexel",)


def test_the_heading_nearest_to_a_set_says_whether_it_is_primary() -> None:
    canon = canon_of(
        guide_md="# Brand colors\n\n## Primary colors\n\n- Moss: `#4B6043`\n- Rust: `#A84A2A`\n\n## Text colors\n\n"
        "- Strong: `#1C2B33`\n- Soft: `#5C6E77`\n"
    )
    assert canon.palette_hex == ("#4B6043", "#A84A2A")


def test_states_in_a_list_with_a_primary_colour_stand_behind_it() -> None:
    canon = canon_of(
        README_md="## Color palette\n\n- Base: `#30343F`\n- Primary: `#4C6EF5`\n- Secondary: `#22B8CF`\n"
        "- Success: `#40A060`\n- Danger: `#D64545`\n- Warning: `#C98A1B`\n"
    )
    assert set(canon.palette_hex) == {"#30343F", "#4C6EF5", "#22B8CF"}


def test_names_of_social_networks_are_no_colours_of_the_brand() -> None:
    canon = canon_of(
        theme_css=":root{--red:#C8102E;--teal:#00827F;--primary:#C8102E;--twitter:#1DA1F2;--facebook:#3B5998}"
    )
    assert canon.palette_hex == ("#C8102E", "#00827F")


def test_variables_called_by_a_hue_alone_are_tokens() -> None:
    canon = canon_of(app_scss="$teal: #00827F;\n$dark-red: #8A1C2B;\n.note { color: #123456; }\n")
    assert canon.palette_hex == ("#00827F", "#8A1C2B")


def test_two_near_whites_listed_apart_are_two_colours() -> None:
    canon = canon_of(colours_md="# Colours\n\n- #0C304A\n- #F6F6F6\n- #FFFFFF\n")
    assert canon.palette_hex == ("#0C304A", "#F6F6F6", "#FFFFFF")


def test_fonts_in_cells_passing_licences_and_uses() -> None:
    table = (
        "## Fonts\n\nBelow is our font collection.\n\n| Text | Font Name |\n|---|---|\n| Title | Exo 2 - Regular |\n"
    )
    assert canon_of(brand_md=table + "| Body | Overgrass - Light, Bold |\n").fonts == ("Exo 2", "Overgrass")
    licensed = "## Typeface\n\nThe typeface we use is Manrope by M. S., licensed under the SIL Open Font License.\n"
    assert canon_of(README_md=licensed + "\n## Credits\n").fonts == ("Manrope",)
    assert canon_of(README_md="# Logo\n\nRuneUI is used as a font next to logos.\n").fonts == ("RuneUI",)
    download = "# Typography\n\n### Ubuntu\n\nDownload Font\nFormat: Medium TTF\n"
    assert canon_of(type_md=download).fonts == ("Ubuntu",)
    uses = "# Style\n\n#### Fonts\n\nHeadings, Subheadings, Titles\n\nUse Georgia for lettering on icons.\n"
    assert canon_of(guide_md=uses).fonts == ("Georgia",)

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


def test_a_system_of_shades_and_references_counts_by_its_leads() -> None:
    canon = canon_of(
        tokens_css=":root{--color-palette-sea-25:#F2FAFD;--color-palette-sea-100:#C9E7F2;--color-palette-sea-500:#1B8FB8;"
        "--color-palette-sea-900:#0B4459;--color-palette-sea-1000:#062A38;--color-palette-clay-25:#FDF6F3;"
        "--color-palette-clay-100:#F3D5C8;--color-palette-clay-500:#C05A32;--color-palette-clay-1000:#4A1F0F;"
        "--color-bg-accent:var(--color-palette-sea-100);--color-text-accent:var(--color-palette-sea-900)}"
    )
    assert canon.palette_hex == ("#1B8FB8", "#C05A32")


def test_the_step_that_a_brand_token_refers_to_leads_its_ramp() -> None:
    canon = canon_of(
        theme_scss="$color-sea-100: #C9E7F2;\n$color-sea-300: #6CB9D6;\n$color-sea-500: #1B8FB8;\n"
        "$color-sea-700: #126480;\n$color-clay-500: #C05A32;\n$color-brand: $color-sea-700;\n"
    )
    assert set(canon.palette_hex) == {"#126480", "#C05A32"}


def test_steps_counted_from_light_to_dark_are_a_ramp_and_counted_hues_are_a_list() -> None:
    ramp = '"1":{"value":"#D7E4FF"},"2":{"value":"#89B0FF"},"3":{"value":"#0055FF"},"4":{"value":"#0037A5"}'
    canon = canon_of(
        tokens_json='{"color":{"core":{"blue":{'
        + ramp
        + ',"5":{"value":"#00294D"}},"leaf":{"value":"#37A806"}}},'
        + '"type":{"family":{"ui":{"value":"\\"Source Sans Pro\\", sans-serif"}}}}'
    )
    assert set(canon.palette_hex) == {"#0055FF", "#37A806"}
    assert canon.fonts == ("Source Sans Pro",)
    listed = canon_of(colors_css=":root{--c-1:#C8102E;--c-2:#00827F;--c-3:#F2A900;--c-4:#4B2E83}")
    assert len(listed.palette_hex) == 4


def test_variables_called_primary_brand_and_accent_are_one_palette() -> None:
    canon = canon_of(
        variables_scss="$primary: #00262B !default;\n$brand: #D23228 !default;\n$accent-a: #03C7E8 !default;\n"
        "$green: #0D7D4D;\n$success: $green;\n$icon-color-primary: #2D2D2D;\n"
        '$theme-colors: map-merge((\n  "primary": $primary,\n  "success": $success,\n), $theme-colors);\n'
    )
    assert canon.palette_hex == ("#00262B", "#D23228", "#03C7E8")


def test_a_long_list_of_role_names_gives_the_brand_s_and_the_accents() -> None:
    neutrals = "".join(
        f"| `dark-{n}` | `#{n}{n}{n}{n}{n}{n}` |\n| `light-{n}` | `#E{n}E{n}E{n}` |\n" for n in range(1, 6)
    )
    canon = canon_of(
        README_md="## Theme colors\n\n| variable | hex |\n|---|---|\n| `brand` | `#00979D` |\n"
        "| `accent-1` | `#B8E986` |\n"
        f"{neutrals}| `status-ok` | `#078F52` |\n| `status-error` | `#E45950` |\n"
    )
    assert set(canon.palette_hex) == {"#00979D", "#B8E986"}


def test_a_colour_beside_a_long_french_sentence_is_stated() -> None:
    canon = canon_of(
        guide_md="# Couleurs\n\n- Rouge : `#8B2635` - Représente le vin, la tradition et le savoir-faire de la maison\n"
        "- Doré : `#D4AF37` - Accompagne les éléments importants de chaque page de la maison\n"
    )
    assert canon.palette_hex == ("#8B2635", "#D4AF37")


def test_sections_and_palettes_kept_in_front_matter_are_read() -> None:
    swatch = (
        "          <figure>\n            <h4>{0}</h4>\n            <table><tr><th>Hex</th><td>{1}</td></tr>"
        "<tr><th>PMS</th><td>361</td></tr></table>\n          </figure>\n"
    )
    page = (
        "---\ntitle: Color\nlayout: page\ngroups:\n  - group_name: Palettes\n    items:\n      - text: >-\n"
        "          These colors lead.\n\n" + swatch.format("Fern", "#20703F") + swatch.format("Slate", "#5A5D61") + ""
        "        item_name: Primary palette\n      - text: >-\n          These add variety.\n\n"
        + swatch.format("Sun", "#FF9E1B")
        + swatch.format("Plum", "#6B2A7A")
        + "        item_name: Secondary palette\n---\n"
    )
    assert canon_of(color_md=page).palette_hex == ("#20703F", "#5A5D61")
    listed = (
        "---\ntitle: Brand\nlayout: brand\npalette:\n  - name: Ochre\n    hex: '#C58B1A'\n  - name: Ink\n"
        "    hex: '#1D2A44'\n---\n\n# Brand\n"
    )
    assert canon_of(brand_md=listed).palette_hex == ("#C58B1A", "#1D2A44")


def test_swatches_called_by_template_tags_are_read() -> None:
    canon = canon_of(
        colours_md='### Primary/ accent colours\n\n<div class="ds">\n'
        '  {% include chip.liquid name="Madder" hex="#B22D4A" rgb="178,45,74" %}\n'
        '  {% include chip.liquid name="Deep pine" hex="#0B6B4F" rgb="11,107,79" %}\n</div>\n\n'
        '### Background colours\n\n<div class="ds">\n'
        '  {% include chip.liquid name="Cream" hex="#F8ECCE" rgb="248,236,206" %}\n</div>\n'
    )
    assert canon.palette_hex == ("#B22D4A", "#0B6B4F")
    assert {"Madder", "Deep pine"} <= {fact.colour.name for fact in canon.facts if fact.colour}


def test_fences_painted_as_swatches_are_no_code() -> None:
    canon = canon_of(
        colors_md="## Brand colors\n\n```color\nvalue: '#4A6BDD'\nname: 'Harbour'\n```\n\n```color\nvalue: '#E07A3F'\n"
        "name: 'Kiln'\n```\n\n## Code samples\n\n```css\na { color: #FF00AA; }\n```\n"
    )
    assert canon.palette_hex == ("#4A6BDD", "#E07A3F")


def test_a_font_that_is_named_so_and_labels_under_fonts_without_a_list() -> None:
    named = "## Font\n\nWe are using an open source font named [Caption It](https://example.org) for the logos.\n"
    assert canon_of(README_md=named).fonts == ("Caption It",)
    labels = "## Fonts\n\n### Headings: Ferdinanda the Bold One\n\nMain text: Sue Lena Franco\n"
    assert canon_of(README_md=labels).fonts == ("Ferdinanda the Bold One", "Sue Lena Franco")


def test_a_font_s_name_ends_with_its_line_and_may_open_its_section() -> None:
    german = "## Schrift\n\nSchriftart im Logo: Honigmond  \nSchriftart im Motto: Myriad Pro\n"
    assert canon_of(ci_md=german).fonts == ("Honigmond", "Myriad Pro")
    marks = "## Logo\n\nFont: [Inter](https://example.org)  \nFont-Color: #140005\n"
    assert canon_of(README_md=marks).fonts == ("Inter",)
    opening = "# Type\n\nAvenir Next, designed by Adrian Frutiger for Linotype.\n"
    assert canon_of(README_md=opening).fonts == ("Avenir Next",)


def test_accents_of_a_brand_s_style_sheet_are_part_of_its_palette() -> None:
    canon = canon_of(brand_css=":root{--brand-primary:#0550E6;--sea-blue:#1F69B3;--highlight-red:#E56A54}")
    assert set(canon.palette_hex) == {"#0550E6", "#1F69B3", "#E56A54"}

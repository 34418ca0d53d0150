"""How invented guides name their typefaces and list their colours: asides, arrows, adjectives, lists beside a name."""

from tests.sgd_assets.canon.made_evidence import canon_of


def test_adjectives_and_a_footnote_stand_around_a_name() -> None:
    adjective = "Font\n====\nThe logo uses the open-source Dornier Sans font, made by [Acme](https://example.org).\n"
    assert canon_of(README_md=adjective).fonts == ("Dornier Sans",)
    noted = "## Typography\n\nThe *Dornier Sunray*[^sun] font was chosen.\n\n[^sun]: Licensed.\n"
    assert canon_of(README_md=noted).fonts == ("Dornier Sunray",)


def test_recommended_families_count_with_those_joined_to_them() -> None:
    canon = canon_of(README_md="## Typography\n\n- Font: Sans-serif, recommended 'Inter' or 'Open Sans'\n")
    assert canon.fonts == ("Inter", "Open Sans")
    compared = canon_of(README_md="## Typography\n\nWe use Inter because it reads better than Roboto and Lato.\n")
    assert compared.fonts == ("Inter",)


def test_a_list_of_fonts_names_unknown_families_beside_a_known_one() -> None:
    listed = "## Primary fonts (headings)\n\n- **Lato**: `font-lato`\n  - Calm.\n- **Wexel Grotesque**: `font-wexel`\n"
    assert canon_of(guide_md=listed).fonts == ("Lato", "Wexel Grotesque")
    led = "# Fonts\n\nWe use the following fonts:\n\n* [Wexel]()\n* [Fira Sans]()\n"
    assert canon_of(guide_md=led).fonts == ("Wexel", "Fira Sans")
    settings = "## Fonts\n\n- Lato: for body copy\n- Weights: 400 and 700\n- Scale: 1.25\n"
    assert canon_of(guide_md=settings).fonts == ("Lato",)


def test_headings_and_arrows_hold_a_family_with_an_aside() -> None:
    headed = "## 3. Typographie\n\n### MONTSERRAT (pour titres)\n- Gras\n\n### Lato — textes\n- Normal\n"
    assert {name.title() for name in canon_of(charte_md=headed).fonts} == {"Montserrat", "Lato"}
    arrows = "## Typographie\n\nLes citations\n=> Raleway Light 200\n\nLes titres\n=> Raleway Light 400\n"
    assert canon_of(charte_md=arrows).fonts == ("Raleway",)


def test_states_in_brackets_or_tokens_stand_behind_a_primary_colour() -> None:
    bracketed = (
        "## Colors\n\n- **Iris (Primary):** `#7A4FE0`\n- **Ink (Text):** `#101624`\n- **Green (Success):** `#1F9D61`\n"
        "- **Red (Error):** `#D23B2C`\n"
    )
    assert canon_of(brand_md=bracketed).palette_hex == ("#7A4FE0", "#101624")
    tokens = (
        "## Color\n\n| Token | Hex | Usage |\n|---|---|---|\n| `--ex-color-primary-600` | #3B6DE8 | Buttons |\n"
        "| `--ex-color-neutral-900` | #10142A | Text |\n| `--ex-color-success-600` | #1F9D61 | Success states |\n"
        "| `--ex-color-error-600` | #D23B2C | Error states |\n"
    )
    assert canon_of(brand_md=tokens).palette_hex == ("#3B6DE8", "#10142A")


def test_ranges_of_counted_shades_count_by_their_lead() -> None:
    shades = ("#0E0520", "#24104A", "#8F55D8", "#EFE4FF")
    named = "".join(f"- Iris-{step}: {value}\n" for step, value in zip(("00", "02", "07", "11"), shades, strict=True))
    canon = canon_of(
        brand_md=f"### Primary color\n\n- Hero: #F3503C\n\n### Secondary colors\n\n**Iris range:**\n{named}"
    )
    assert canon.palette_hex == ("#F3503C", "#8F55D8")


def test_a_sentence_above_a_heading_names_no_colour_below_it() -> None:
    canon = canon_of(
        guide_md="# Type\n\nAnd reference the font like this:\n\n# Colors\n\nOur greys and blues, freely used by all "
        "our teams, in all that they make and print.\n\n"
        "<div>\n<p>#FAFAFB</p>\n<p>#F4F5F7</p>\n<p>#2F5F7F</p>\n</div>\n"
    )
    assert canon.palette_hex == ("#FAFAFB", "#F4F5F7", "#2F5F7F")


def test_notes_on_a_colour_and_outdated_values_are_no_palette() -> None:
    canon = canon_of(
        design_md="## Brand colours\n\n| Token | Value | Use |\n|---|---|---|\n| `--ex-sun` | `#FFCF10` | Tiles |\n"
        "| `--ex-clay` | `#F07A20` | Tiles. Text-safe variant `#A54B08` |\n| `--ex-sea` | `#2B5AB8` | Links |\n\n"
        "The approximate palette (`#FFD21C`, `#123456`) was replaced by the exact values.\n"
        "A legacy mark uses another blue, `#204ECF`.\n\n### Gradients\n\n- Dawn: `linear-gradient(#E0F4FF, #E9FDF4)`\n"
    )
    assert canon.palette_hex == ("#FFCF10", "#F07A20", "#2B5AB8")


def test_a_typesetter_s_hyphen_in_a_token_s_name() -> None:
    canon = canon_of(
        brand_md="## Colours\n\n| Token | HEX |\n|---|---|\n| `--color‑primary‑500` | **#3D5CF5** |\n"
        "| `--color‑accent‑500` | **#F06FB0** |\n| `--color‑success‑500` | **#2FCB92** |\n"
    )
    assert canon.palette_hex == ("#3D5CF5", "#F06FB0")


def test_tables_of_faces_and_names_with_a_role() -> None:
    faces = (
        "## Fonts\n\n| Role | Face | Notes |\n|---|---|---|\n| Display | **Wexel Grotesk** 500–800, SIL OFL | Ours |\n"
        "| Body | **Open Sans** variable, SIL OFL | Self-hosted |\n| Hebrew | Noto Sans Hebrew (Google, free) | - |\n"
    )
    assert canon_of(design_md=faces).fonts == ("Wexel Grotesk", "Open Sans", "Noto Sans Hebrew")
    beside = "## Brand typography\n\nPer the 2026 guide: **Wexel** (headings) · **Proxima Nova** (body).\n"
    assert canon_of(README_md=beside).fonts == ("Wexel", "Proxima Nova")
    script = "## Typography\n\n- DIN Next Arabic for all Arabic body text\n"
    assert canon_of(README_md=script).fonts == ("DIN Next Arabic",)


def test_fonts_that_a_guide_speaks_against_are_not_the_brand_s() -> None:
    canon = canon_of(
        guide_md="## Typography\n\nUse the Lato font. Avoid using the Arial font. Never use the ugly Papyrus font.\n\n"
        "Do not use the similar Helvetica font. In e-mails use the default Windows font.\n"
    )
    assert canon.fonts == ("Lato",)


def test_words_that_head_a_list_are_no_families() -> None:
    listed = "## Fonts\n\n- Install: run the script\n- Inter: body\n- Usage: see below\n"
    assert canon_of(README_md=listed).fonts == ("Inter",)
    sizes = "## Typography\n\nPairs: Large (headings), Small (body), Inter (text)\n"
    assert canon_of(README_md=sizes).fonts == ("Inter",)


def test_what_stands_beside_a_colour_for_another_reason_is_no_colour_of_its_own() -> None:
    table = (
        "## Colors\n\n| Name | Hex | Hover | Contrast on white |\n|---|---|---|---|\n"
        "| Navy | #112299 | #0D1A77 | #FFFFFF 9.1 |\n| Sun | #EE7711 | #CC6611 | #FFFFFF 3.0 |\n"
    )
    assert canon_of(README_md=table).palette_hex == ("#112299", "#EE7711")
    listed = (
        "## Colors\n\n- Navy `#112299` (hover `#0D1A77`)\n- Sun `#EE7711`\n\nAvoid pure black (#000000) in print.\n"
    )
    assert canon_of(README_md=listed).palette_hex == ("#112299", "#EE7711")


def test_functions_of_two_names_are_two_colours() -> None:
    canon = canon_of(README_md="## Colors\n\nNavy: rgb(17 34 153)\n\nSun: hsl(28, 87%, 50%)\n")
    assert canon.palette_hex == ("#112299", "#EE7811")
    one = canon_of(README_md="## Colors\n\nNavy\n\nRGB: rgb(17 34 153)\n\nHSL: hsl(233, 80%, 33%)\n\nSun: #EE7711\n")
    assert one.palette_hex == ("#112299", "#EE7711")

"""Labels, columns, lists and specimens that state a font, and those that only look so."""

import pytest

from tests.sgd_assets.canon.made_evidence import canon_of


@pytest.mark.parametrize(
    ("text", "families"),
    [
        (
            '# Font families\n\n- **Headers**: "Lora", Georgia, serif\n- **Code/logs**: "Fira Code"',
            ("Lora", "Fira Code"),
        ),
        (
            "# Typefaces\n\n- **Primary — Geist Sans**: clean\n- **Companion — Geist Mono**: code",
            ("Geist Sans", "Geist Mono"),
        ),
        ("# Typography\n\n## Headings and logo: Karla\n\nOpen Font License.", ("Karla",)),
        ("# Brand\n\n* for headers: Quorum Libre Bold\n* for body text: Sintral Regular", ("Quorum Libre", "Sintral")),
        (
            "# Fonts\n\n- Title and display\n  - Bebas Neue\n  - Quorum\n- Body text\n  - Lato",
            ("Bebas Neue", "Quorum", "Lato"),
        ),
        ("# Letters\n\nSet the letter flush left, Times New Roman, 12 point.", ("Times New Roman",)),
        ("# Mark\n\n- Inkscape 1.3\n- Typography: Baloo 2 (Google Fonts)", ("Baloo 2",)),
        ("# Schrift\n\nUnsere zwei Hausschriften, Lato und Quorum Board", ("Lato", "Quorum Board")),
        ("# Logo\n\nFont in use Quorum_Bold, drawn by Ann Other.", ("Quorum",)),
        ("# Fonts\n\n- Body → Inter\n- Headings → Karla or Lora", ("Inter", "Karla", "Lora")),
        ("# T\n\n| token | fontFamily |\n|---|---|\n| heading | Roboto/SF Pro |", ("Roboto", "SF Pro")),
        ("# Type\n\n- Body: Inter 12pt\n- Code: Fira Code", ("Inter", "Fira Code")),
        ("PRIMARY SANS — **Karla**\n\nPRIMARY SERIF — **Lora** (long texts)", ("Karla", "Lora")),
        ("# Typography\n\n### Lora Regular print and web body copy\n\nabcdefgh", ("Lora",)),
        (
            "**FONT:**\n\n- Use the golden ratio\n- Quorum Gothic (medium, light, bold) Download font here",
            ("Quorum Gothic",),
        ),
        ("# Our profile fonts\n\n- Lora, in the versions Book and Bold\n- Quorum is used in texts", ("Lora", "Quorum")),
        ("Typography\n\nFont: Lora Bold    Size: 55px    Color: #FFFFFF\n", ("Lora",)),
        ("# Fonts\n\nRubik\n\nAnd this: https://fonts.google.com/specimen/Quorum+Sans", ("Rubik", "Quorum Sans")),
        ("# Fonts\n\nThe font of the logo is the bold variant of Inconsolata.", ("Inconsolata",)),
        ("# Tokens\n\n- Display/headings: Karla (humanist)\n- Labels/nav/wordmark: Fira Code", ("Karla", "Fira Code")),
        ("# Mark\n\n- Wordmark: Lora 600, outlined to paths; never retype it.", ("Lora",)),
        (
            "# Type\n\n| Voice | Primary Font | Fallback |\n|---|---|---|\n| System | QX Sintral | Menlo, monospace |",
            ("QX Sintral",),
        ),
        ("# Our type\n\n```css\n--type-font-family-body: Karla, Arial, sans-serif;\n```", ("Karla",)),
        ("# Fontes\n\n## Títulos\n\nLato (Google Fonts)\n\n## Textos\n\nLora (Google Fonts)", ("Lato", "Lora")),
        (
            "# Typographie\n\n## Titre\n\n- [Karla](https://a.org/k)\n  Une police audacieuse.\n\n- [Lora](https://a.org/l)",
            ("Karla", "Lora"),
        ),
        ("# Tipografia\n\n- **Principal:** Quorum Std Regular\n- **Secundária:** Lato", ("Quorum Std", "Lato")),
        ("# Tipos\n\n**Para títulos**\n\n```\nFont Family: 'Pacifico', cursive\n```", ("Pacifico",)),
        ("# Fonts\n\n- Latin headings + body: Lora\n- H1 - Hero: 4rem", ("Lora",)),
        (
            '# Type\n\nThis typeface is used in the logo:\n\n- "quo": Helvetica Neue\n- "rum": Lora',
            ("Helvetica Neue", "Lora"),
        ),
        ("# Typography\n\n## Print\n\n# Lora Web 39px - line height 54px (h1)", ("Lora",)),
        (
            "# Brand\n\n## Typography\n\n# Heading 1<br>Karla Bold (700)\n\nLora is used for body copy.",
            ("Karla", "Lora"),
        ),
        ("# The ACME typeface\n\nACME uses the typeface Quorum Transport, drawn for it.", ("Quorum Transport",)),
    ],
)
def test_labels_and_lists_give_fonts(text: str, families: tuple[str, ...]) -> None:
    assert canon_of(guide_md=text).fonts == families


@pytest.mark.parametrize(
    "text",
    [
        "# Typefaces\n\n![Type samples](samples.png)\n\nAsk the studio.",
        "# Typography\n\n- Use specified font families\n- Substitute fonts only with approval",
        "# Guide\n\n4 Typography\n4.1 Primary Institutional Fonts\n4.2 Substitution Fonts\n5 Stationery",
        "# Type\n\nA typeface is a family of fonts. For example, Helvetica is a typeface.",
        "# Schrift\n\n- Überschriften: Nur Kapitalien in zwei Graden",
        "# Typography\n\n- Avoid: Papyrus\n- Inspired by: Futura",
        "# Tipografia\n\nA tipografia Quorum combina clareza com emoção.",
        "# Tipografia\n\n## Stili di testo\n\nGli stili danno la gerarchia.",
        "# Page\n\n- Title: Atlas\n- Theme: Karla",
        "# Fonts\n\n| Name | Main font |\n|---|---|\n| a | https://example.org/a |",
        "# Fonts\n\nMac computers should use Post Script fonts.",
    ],
)
def test_words_about_fonts_give_none(text: str) -> None:
    assert canon_of(guide_md=text).fonts == ()


def test_a_text_without_headings_is_on_type_below_a_line_that_says_so() -> None:
    plain = "COLORS\n\nLake #005F73\n\nTYPOGRAPHY\n\nOPEN SANS REGULAR FOR BODY TEXT\n\nCONTACT\n\nRubik is for toys.\n"
    assert canon_of(guide_txt=plain).fonts == ("OPEN SANS",)


def test_fonts_listed_as_fallbacks_are_not_the_brand_s() -> None:
    listed = "# Typefaces\n\n- Primary: Lora\n\n# Fallbacks\n\n- Sans: Helvetica, Arial\n- Mono: Menlo\n"
    assert canon_of(typography_md=listed).fonts == ("Lora",)

"""Known families in running text: what gives one a part, and what takes it away."""

import pytest

from tests.sgd_assets.canon.made_evidence import canon_of


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("# Typography\n\nThe serif font is Lora and the sans serif is Karla.", ("Lora", "Karla")),
        ("# Typography\n\nCinzel for the ritual register. Karla for clean body.", ("Cinzel", "Karla")),
        ("# Typography\n\nWe selected Roboto and Lora as the corporate typefaces.", ("Roboto", "Lora")),
        ("# Logo\n\n- The “Nim” is Rubik Regular.\n- The “bus” is Rubik Bold.", ("Rubik",)),
        ("# House rules\n\nIn slides the fonts differ: use of **Lato** where possible is encouraged.", ("Lato",)),
        ("# Notes\n\nBy default the theme sets Roboto, as Lato (the official ACME\ntypeface) costs money.", ("Lato",)),
        ("# Schriften\n\nDie Karla ist die primäre Hausschrift des Vereins.", ("Karla",)),
        ("# Schriften\n\nPlakate werden in der Schrift Lato gesetzt.", ("Lato",)),
        ("# Schriften\n\nLato wird für Briefe und Formulare verwendet.", ("Lato",)),
        ("# Design\n\nWe leverage **Karla** by Ann as our primary typeface.", ("Karla",)),
        ("# Design\n\n- The nav links use Inter (Semi-bold, 14px)", ("Inter",)),
        ("# Typography\n\nThere are two official fonts, Karla and Lora.", ("Karla", "Lora")),
        ("# Typographie\n\nNous utilisons la police Quorum.", ("Quorum",)),
        (
            "# Guide\n\nFonts\nQuorum (regular and italics) from Ann Other Studio is a letterpress style font.",
            ("Quorum",),
        ),
        ("# Guide\n\nFor type, Karla (regular, italics, bold) is crisp and modern in feel.", ("Karla",)),
        ("# Fonts\n\nKarla (for all content) and Lora, bold (for all headers) have been used.", ("Karla", "Lora")),
        ("# Fontes\n\n- ** Karla (semi-gras) ** ( pour les titres )", ("Karla",)),
        ("# Fonts\n\nUse the font Lora. The Roboto font was considered as an alternative.", ("Lora",)),
        ("# Brand\n\nThe ACME Days fonts are two: Karla and Lora. They were chosen.", ("Karla", "Lora")),
        ("# Fonts\n\nCalibri 11 point is ACME’s standard font.", ("Calibri",)),
        ("# Mark\n\nThe name in a clean geometric sans-serif (Karla), all small letters.", ("Karla",)),
        ("# Typographie\n\nNotre police est Karla. Lora est utilisée pour les titres.", ("Karla", "Lora")),
    ],
)
def test_a_known_family_with_a_part_in_a_clause_is_the_brand_s(text: str, families: tuple[str, ...]) -> None:
    assert canon_of(guide_md=text).fonts == families


@pytest.mark.parametrize(
    "text",
    [
        "# Typography\n\nNever use the ugly Papyrus font. Do not use the similar Helvetica font.",
        "# Typography\n\nIts shapes are closer to nature than Futura, and were inspired by Gill Sans.",
        "# Schriften\n\nFür Titel nicht Lato verwenden.",
        "# Typography\n\nThe famous font Comic Sans isn't for letters.",
        "# Mark\n\nNever redraw the name in a serif (Lora).",
        "# Typography\n\n## Fonts to avoid\n\n- Arial\n- Lato",
        "# Login\n\nDo not show it, even if the logo is set in the Acme system settings.",
        "# Licence\n\nCopyright of this Font Software: Lato is used for headings.",
        "# News\n\nThe museum of Lora and the village of Karla are open.",
    ],
)
def test_a_family_that_is_compared_or_refused_has_no_part(text: str) -> None:
    assert canon_of(guide_md=text).fonts == ()


def test_a_stand_in_is_none_of_the_brand_s_fonts_and_does_not_make_the_brand_s_font_one() -> None:
    conditional = "# Typography\n\nLato is used for all text. If Lato is unavailable, use Arial for text.\n"
    assert canon_of(guide_md=conditional).fonts == ("Lato",)
    headed = (
        "# Fonts\n\n## Brand font Lora\n\nLora is used for print.\n\n## Substitute fonts\n\nUse Georgia for print.\n"
    )
    assert canon_of(guide_md=headed).fonts == ("Lora",)
    german = "# Haus- und Ersatzschriften\n\n## Hausschrift Lora\n\n## Ersatzschrift Arial\n\nArial ist frei.\n"
    assert canon_of(guide_md=german).fonts == ("Lora",)
    behind = "# Fonts\n\nWe use the font Lora with fallback to Georgia.\n"
    assert canon_of(guide_md=behind).fonts == ("Lora",)


def test_a_brand_s_font_that_heads_its_own_stack_of_fallbacks_stays_the_brand_s() -> None:
    stack = "# Type\n\nWe use Karla as our primary typeface.\n\n- **Fallback**: `Karla, Inter, sans-serif`\n"
    assert canon_of(guide_md=stack).fonts == ("Karla",)


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("Headings should be in **Karla Black (900)**. Text is presented with **Lora**.", ("Karla", "Lora")),
        ("We use Foundry's typeface called *Quorum SQ*.", ("Quorum SQ",)),
        ("We use Foundry's typeface Karla.", ("Karla",)),
        ("Our typeface is Foundry's Karla.", ("Karla",)),
        ("We use Foundry's Karla.", ("Karla",)),
    ],
)
def test_whose_typeface_it_is_is_no_part_of_its_name(text: str, families: tuple[str, ...]) -> None:
    assert canon_of(guide_md=f"# Typography\n\n{text}\n").fonts == families

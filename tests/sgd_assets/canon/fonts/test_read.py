"""Fonts: stated before tokens, tokens before use; a document's own font is not the brand's."""

import pytest

from sgd_assets.canon.fonts.quotes import LONGEST_SENTENCE, sentences
from sgd_assets.canon.fonts.read import claim_fonts
from sgd_resources.parsed_document import FontUse, Location
from sgd_resources.parsers.font_names import split_font_name
from tests.sgd_assets.canon.made_evidence import canon_of, read


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("# Typography\n\nThe primary font is **Helvetica Neue**, in bold and regular weights.", ("Helvetica Neue",)),
        (
            "# Font\n\nUnivers is the brand font for the service. Default to Arial when Univers isn't available.",
            ("Univers",),
        ),
        (
            "# Type\n\nWe use Quill-ZeroDot as a primary monospace font.\n\nWe use BoxMono as the font in our logo.",
            ("Quill-ZeroDot", "BoxMono"),
        ),
        ("# Logo\n\nWhite text in the `Avenir` font on blue.", ("Avenir",)),
        (
            "# About the font\n\nThe font used for the logo's design is generally known as QuorumMN-Bold.",
            ("Quorum MN",),
        ),
        (
            "# Typography\n\n- **Headings**: Inter Bold (700)\n- **Code**: JetBrains Mono Regular",
            ("Inter", "JetBrains Mono"),
        ),
        (
            "# Typography\n\nOur typefaces are Freight Text and Brandon Grotesque.",
            ("Freight Text", "Brandon Grotesque"),
        ),
        ("# Typography\n\nLato is for headings; Open Sans is used for everything else.", ("Lato", "Open Sans")),
        ("# Brand\n\nFonts:\n\n- Graphik\n- Tiempos Text", ("Graphik", "Tiempos Text")),
        ('# Headings\n\n| Spec | Details |\n|---|---|\n| `font-family` | "Work Sans", sans-serif |', ("Work Sans",)),
        ("# Fonts\n\n| Font family | Use |\n|---|---|\n| Ubuntu | Main |\n| Oxygen | Second |", ("Ubuntu", "Oxygen")),
    ],
)
def test_fonts_stated_in_words_are_read(text: str, families: tuple[str, ...]) -> None:
    assert canon_of(guide_md=text).fonts == families


@pytest.mark.parametrize(
    "text",
    [
        "# Typography\n\nThe default paragraph font size is 19px on large screens.",
        "# Type\n\nThe design looks similar to Helvetica and was inspired by Futura.",
        "# Licence\n\nThis Font Software is licensed under the SIL Open Font License, with Reserved Font Name Quorum.",
        "# Use\n\nAvoid long words. Use Sentence case in titles.",
    ],
)
def test_words_about_type_that_name_no_brand_font_give_none(text: str) -> None:
    assert canon_of(guide_md=text).fonts == ()


def test_a_name_written_as_in_an_address_is_the_family_s() -> None:
    assert canon_of(type_scss='$font-family-serif: "Quorum+One", Georgia, serif;').fonts == ("Quorum One",)


def test_the_first_real_family_of_a_stack_counts_and_emoji_do_not() -> None:
    canon = canon_of(
        type_scss="$font-family--text: 'Source Sans Pro', system-ui, 'Segoe UI', sans-serif, 'Apple Color Emoji';\n"
        "$font-family--code: 'Source Code Pro', Menlo, monospace;\n$font-family--emoji: 'Apple Color Emoji', "
        "system-ui;\n"
    )
    assert canon.fonts == ("Source Sans Pro", "Source Code Pro")
    assert [fact.role for fact in canon.facts if fact.kind == "font"] == ["body", "mono"]


def test_stated_fonts_shut_out_those_of_the_page_that_states_them() -> None:
    canon = canon_of(
        guide_md="# Typography\n\nOur brand font is Lato.", site_css="body { font-family: Roboto, sans-serif }"
    )
    assert canon.fonts == ("Lato",)


def test_the_font_a_page_is_set_in_is_not_the_brand_s_but_its_variables_are() -> None:
    page = "<html><head><style>{}</style></head><body><h1>Logo</h1><p>Keep it whole.</p></body></html>"
    assert canon_of(guide_html=page.format("body { font-family: Lato, sans-serif }")).fonts == ()
    variables = page.format(":root { --font-brand: Lora, serif } body { font-family: Lato, sans-serif }")
    assert canon_of(guide_html=variables).fonts == ("Lora",)


def test_a_font_without_any_statement_is_said_to_be_absent() -> None:
    canon = canon_of(guide_md="# Colours\n\n- Lake `#005F73`\n- Coral `#EE6C4D`\n")
    assert canon.fonts == ()
    assert "fonts" in {item.what for item in canon.abstained}


def test_words_that_never_end_are_read_in_pieces() -> None:
    endless = "use the acme face " * 500
    pieces = list(sentences(endless))
    assert "".join(piece for _, piece in pieces) == endless
    assert all(endless.startswith(piece, start) and len(piece) <= LONGEST_SENTENCE for start, piece in pieces)
    assert [piece for _, piece in sentences("One. Two!\n\nthree")] == ["One.", "Two!", "three"]


def test_keys_of_a_data_file_are_read_together() -> None:
    written = (
        "typography:\n  fonts:\n    - family: Karla\n  headings:\n    family: Quorum Slab\n    weight: 600\n"
        "  monospace: Fira Code\n"
    )
    assert canon_of(brand_yml=written).fonts == ("Karla", "Quorum Slab", "Fira Code")


def _theme(*faces: str) -> list[tuple[str, str]]:
    uses = tuple(
        FontUse(
            family=split_font_name(face)[0],
            raw_name=face,
            source="office_theme",
            name=name,
            location=Location(xml_path="t"),
        )
        for name, face in zip(("majorFont", "minorFont"), faces, strict=True)
    )
    document = read("deck.md", "Deck").model_copy(update={"fonts": uses})
    return [(claim.family, claim.tier) for claim in claim_fonts(document, [], "deck.pptx")]


def test_a_theme_set_by_hand_gives_both_its_fonts_whole() -> None:
    assert _theme("Bookman Old Style", "Times New Roman") == [
        ("Bookman Old Style", "theme"),
        ("Times New Roman", "theme"),
    ]
    assert _theme("Arial Black", "Arial Narrow") == [("Arial Black", "theme"), ("Arial Narrow", "theme")]


def test_what_a_program_put_into_a_theme_is_no_choice() -> None:
    assert _theme("Calibri Light", "Calibri") == [("Calibri", "document"), ("Calibri", "document")]
    assert _theme("Arial", "Arial") == [("Arial", "document"), ("Arial", "document")]
    assert _theme("Montserrat", "Calibri") == [("Montserrat", "theme"), ("Calibri", "document")]


@pytest.mark.parametrize(
    ("file_name", "families"),
    [
        ("fonts/Sohne-Buch.woff2", ["Söhne"]),
        ("OpenSans_Bold.woff2", ["Open Sans"]),
        ("Kestrine-Bold.woff2", ["Kestrine"]),
        ("a1.woff2", []),
    ],
)
def test_a_font_whose_name_table_says_nothing_goes_by_its_file(file_name: str, families: list[str]) -> None:
    use = FontUse(
        family="Please purchase a licence", raw_name="fnt1", source="name_table", location=Location(xml_path="name")
    )
    document = read("font.md", "Font").model_copy(update={"fonts": (use,)})
    assert [claim.family for claim in claim_fonts(document, [], file_name)] == families


def test_hyphens_that_nobody_sees_part_no_name() -> None:
    text = "# Ty\u00adpo\u00adgra\u00adphy\n\nHead\u00adings are set in Bar\u00adlow Con\u00addensed."
    assert canon_of(guide_md=text).fonts == ("Barlow Condensed",)

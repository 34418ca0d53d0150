import pytest

from sgd_assets.renders.compose.families import class_of
from sgd_assets.renders.compose.typefaces import BrandFont, choose_font, heading_and_body
from sgd_resources.drawing.faces import build_font_library
from sgd_resources.ports import FontFileFacts
from tests.sgd_assets.renders.brand import canon_of

FONTS = build_font_library()


def _file(family: str, weight: int) -> BrandFont:
    return BrandFont(FontFileFacts(family, weight, False, False, True, None), f"{weight:064d}", b"")


@pytest.mark.parametrize(
    ("family", "drawn"),
    [
        ("Open Sans", "Open Sans"), ("open-sans", "Open Sans"), ("Montserrat SemiBold", "Montserrat"),
        ("Gotham", "Montserrat"),
        ("Futura PT", "Jost"), ("Helvetica Neue", "Inter"), ("Times New Roman", "Source Serif 4"),
        ("Bodoni 72", "Playfair Display"),
        ("Rockwell", "Roboto Slab"), ("Courier New", "JetBrains Mono"), ("Quintessential Mono", "JetBrains Mono"),
        ("Somebody Serif", "Source Serif 4"), ("Never Heard Of It", "Inter"),
    ],
)  # fmt: skip
def test_the_nearest_open_family_is_taken(family: str, drawn: str) -> None:
    choice = choose_font(family, weight=400, brand_fonts=(), fonts=FONTS)
    assert (choice.family, choice.source, choice.requested) == (drawn, "open", family)
    assert choice.license


def test_the_brands_own_file_of_the_nearest_weight_comes_first() -> None:
    choice = choose_font("Gotham", weight=650, brand_fonts=(_file("Gotham", 400), _file("Gotham", 700)), fonts=FONTS)
    assert (choice.source, choice.weight) == ("evidence", 700)


def test_a_guess_from_the_name_says_so() -> None:
    assert "judged by its name" in choose_font("Acme Slab", weight=400, brand_fonts=(), fonts=FONTS).reason
    assert class_of("Acme Slab") == ("slab", False)


def test_a_mono_second_family_does_not_set_body_text() -> None:
    assert heading_and_body(canon_of(("#000000",), ("Inter", "Fira Code", "Lora")), ()) == ("Inter", "Lora")


def test_wanted_fonts_are_matched_without_case_and_spaces() -> None:
    assert heading_and_body(canon_of(("#000000",), ("Open Sans", "Lora")), ("lora", "OpenSans")) == (
        "Lora",
        "Open Sans",
    )

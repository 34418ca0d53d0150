import pytest

from sgd_resources.parsers.font_names import is_generic_family, split_font_name


@pytest.mark.parametrize(
    ("raw", "family", "style"),
    [
        ("ABCDEF+SourceSansPro-SemiboldIt", "Source Sans Pro", "Semibold Italic"),
        ("OpenSans-Bold", "Open Sans", "Bold"),
        ("OpenSans", "Open Sans", None),
        ("Arial,Bold", "Arial", "Bold"),
        ("ArialMT", "Arial", None),
        ("Arial-BoldMT", "Arial", "Bold"),
        ("TimesNewRomanPS-BoldItalicMT", "Times New Roman", "Bold Italic"),
        ("Work Sans", "Work Sans", None),
        ('"Noto Sans"', "Noto Sans", None),
        ("Montserrat SemiBold", "Montserrat", "Semibold"),
        ("Times New Roman", "Times New Roman", None),
    ],
)
def test_a_raw_name_splits_into_family_and_style(raw: str, family: str, style: str | None) -> None:
    assert split_font_name(raw) == (family, style)


def test_css_keywords_are_no_families() -> None:
    assert is_generic_family("sans-serif")
    assert is_generic_family("-apple-system")
    assert not is_generic_family("Inter")

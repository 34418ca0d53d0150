"""Roles of colours: from the name, the use beside it, the headings; states play none. Names a person would say."""

import pytest

from sgd_assets.canon.colours.roles import common_first, readable_name, role_of
from tests.sgd_assets.canon.made_evidence import canon_of


@pytest.mark.parametrize(
    ("name", "path", "use", "role"),
    [
        ("Primary Blue", ("Colours",), "", "primary"),
        ("Lake", ("Colours", "Primary palette"), "", "primary"),
        ("Sand", ("Colours", "Secondary colours"), "", "secondary"),
        ("Coral", ("Colours", "Accent"), "", "accent"),
        ("Cool Grey", ("Colours",), "", "neutral"),
        ("Ash", ("Colours", "Neutrals"), "", "neutral"),
        ("Dark Grey", ("Colours", "Primary colours"), "", "primary"),
        ("--bg-page", ("Tokens",), "", "background"),
        ("--text-muted", ("Tokens",), "", "text"),
        ("$acme-secondary-text-colour", ("Main colours", "Text"), "", "text"),
        ("Cream", ("Colours",), "Default page background", "background"),
        ("Ink", ("Colours",), "Body text, headlines", "text"),
        ("Ocean", ("Colours",), "Primary brand colour for headlines", "primary"),
        ("Navy", ("Colours", "Primary colours"), "Headlines", "primary"),
        ("Slate", ("Colours", "Secondary colours"), "Body text", "text"),
        ("Flame", ("Colours",), "CTAs and highlights", "accent"),
        ("Sky", ("Colours",), "Do not use as a background", None),
        ("black logo", ("Logo colours",), "for light backgrounds", None),
        ("Navy", ("Colours",), "for dark backgrounds", "background"),
        ("Snow", ("Colours",), "text on dark backgrounds", "text"),
        ("Snow", ("Colours",), "best on a dark blue background", None),
        ("Error", ("Main colours",), "", None),
        ("$acme-link-hover-colour", ("Main colours", "Links"), "", None),
        ("Green", ("Colours", "Functional palette"), "", None),
        ("Green", ("Colours", "Feedback colours"), "Success", None),
        ("Seeblau", ("Farben", "Primärfarben"), "", "primary"),
        ("Sable", ("Couleurs", "Couleurs secondaires"), "", "secondary"),
        ("Arena", ("Colores",), "Color de fondo", "background"),
        ("Teal", ("Colours",), "", None),
    ],
)
def test_a_role_is_read_from_name_use_and_headings(
    name: str, path: tuple[str, ...], use: str, role: str | None
) -> None:
    assert role_of(name, path, use) == role


@pytest.mark.parametrize(
    ("name", "others", "said"),
    [
        ("Lake Blue", (), "Lake Blue"),
        ("gray 05", (), "gray 05"),
        ("Path", (), None),
        ("#00AEEF", (), None),
        ("RGB 0 174 239", (), None),
        ("0, 66, 60, 0", (), None),
        ("linear-gradient-3", (), None),
        ("paint2_linear_54_165", (), None),
        ("LaTeX color definitions:", (), None),
        ("--stone-50", (), "Stone 50"),
        ("--stone-50", ("--stone-100", "--stone-200", "--stone-300"), "Stone 50"),
        ("$brand-colour", (), "Brand"),
        ("$acme-link-hover-colour", ("$acme-a-b", "$acme-c", "$acme-d"), "Link hover"),
        ('acme-colour("warm-yellow")', (), "Warm yellow"),
        ("primaryDark", (), "Primary dark"),
    ],
)
def test_a_name_is_one_that_a_person_would_say(name: str, others: tuple[str, ...], said: str | None) -> None:
    assert readable_name(name, common_first((name, *others))) == said


def test_the_use_column_of_a_table_gives_roles() -> None:
    canon = canon_of(
        guide_md="# Colours\n\n| Name | Hex | Use |\n|---|---|---|\n| Lake | #005F73 | Primary brand colour |\n| "
        "Cream | "
        "#FAF6F0 | Page background |\n| Ink | #1A1612 | Body text |\n| Coral | #EE6C4D | Accents |\n"
    )
    roles = {fact.value: fact.role for fact in canon.facts if fact.kind == "colour"}
    assert roles == {"#005F73": "primary", "#FAF6F0": "background", "#1A1612": "text", "#EE6C4D": "accent"}


def test_words_behind_a_value_give_its_role() -> None:
    canon = canon_of(guide_md="# Colours\n\n- Lake: #005F73 – our primary colour\n- Coral: #EE6C4D – for accents\n")
    assert [fact.role for fact in canon.facts if fact.kind == "colour"] == ["primary", "accent"]


def test_what_a_sentence_calls_primary_is() -> None:
    canon = canon_of(
        guide_md="# Colours\n\nOur primary colours are Lake and Coral.\n\n- Lake: #005F73\n- Coral: #EE6C4D\n- "
        "Sand: #E9D8A6\n"
    )
    roles = {fact.value: fact.role for fact in canon.facts if fact.kind == "colour"}
    assert roles == {"#005F73": "primary", "#EE6C4D": "primary", "#E9D8A6": None}


def test_the_only_colour_of_a_palette_is_its_primary() -> None:
    canon = canon_of(guide_md="# Colours\n\nOur colour is Lake: #005F73\n")
    assert [fact.role for fact in canon.facts if fact.kind == "colour"] == ["primary"]


@pytest.mark.parametrize(
    ("claimed", "name"),
    [("Purple) &", "Purple"), ("R 247 | G 148 | B 29", None), ("C 91 | M 62", None), ("Red 5", "Red 5")],
)
def test_names_are_clean_of_values_and_of_what_joins_them(claimed: str, name: str | None) -> None:
    assert readable_name(claimed) == name

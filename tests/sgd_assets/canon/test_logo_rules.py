"""Logo rules: clear space and size as stated, and in machine form where that is sure."""

import pytest

from sgd_assets.canon.logo_rules import measure_of
from sgd_assets.canon.model import Measure
from tests.sgd_assets.canon.made_evidence import canon_of


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        (
            "Leave half the height of the symbol on every side.",
            Measure(unit="ratio", value=0.5, reference="height of the symbol"),
        ),
        (
            "The clear space is equal to the width of the icon.",
            Measure(unit="ratio", value=1.0, reference="width of the icon"),
        ),
        (
            "Take the height of the emblem, and divide it in half.",
            Measure(unit="ratio", value=0.5, reference="emblem height"),
        ),
        ("Give 50px or greater padding to each side.", Measure(unit="px", value=50)),
        ("The minimum width is 0.5” (half an inch).", Measure(unit="in", value=0.5)),
        ("Never smaller than 12 mm.", Measure(unit="mm", value=12)),
        ("Keep 25% of the logo free.", Measure(unit="percent", value=25)),
    ],
)
def test_a_stated_measure_is_read(sentence: str, measure: Measure) -> None:
    assert measure_of(sentence) == measure


def test_a_sentence_without_a_measure_has_none() -> None:
    assert measure_of("Keep adequate white space around the logo.") is None


def test_clear_space_and_minimum_size_make_the_safe_zone() -> None:
    canon = canon_of(
        logo_md="# Logo\n\n## Clear space\n\nThe clear space around the logo equals the height of the x.\n\n"
        "## Minimum size\n\nThe minimum width of the logo is 24 px.\n"
    )
    assert (
        canon.logo_safe_zone
        == "The clear space around the logo equals the height of the x. The minimum width of the logo is 24 px."
    )


def test_a_minimum_size_or_the_space_of_a_caption_is_no_clear_space() -> None:
    canon = canon_of(
        logo_md="# Logo\n\nThe minimum width of the logo is 24 px.\n\nSpace = height of the capital letter in the "
        "chapter name.\n"
    )
    assert canon.logo_safe_zone is None
    assert any(fact.kind == "logo_min_size" for fact in canon.facts)


def test_dos_and_donts_of_the_logo_are_read() -> None:
    canon = canon_of(
        logo_md="# Logo\n\n- **Do** use the black logo on white.\n- **Don't** stretch or skew the logo.\n\n## "
        "Misuse\n\n- Never rotate it\n"
    )
    assert canon.logo_dos == ("Do use the black logo on white.",)
    assert canon.logo_donts == ("Don't stretch or skew the logo.", "Never rotate it")


def test_rules_of_voice_are_no_rules_of_the_logo() -> None:
    canon = canon_of(
        voice_md="# Voice and tone\n\n## Don't\n\n- Do not promise\n", logo_md="# Logo\n\n- Don't stretch the logo.\n"
    )
    assert canon.logo_donts == ("Don't stretch the logo.",)

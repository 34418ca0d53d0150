"""Logo rules: clear space and size as stated, and in machine form where that is sure."""

import pytest

from sgd_assets.canon.logo.measure import measure_of
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


@pytest.mark.parametrize(
    ("sentence", "value", "reference"),
    [
        ("The space is equivalent to the height of its capital M.", 1.0, "height of its capital M"),
        ("This should be not less than 1/4 of the width (x) of the logo.", 0.25, "width"),
        ("Keep a zone that is twice the width of the B in the logo.", 2.0, "width of the B"),
        ("Respect the safe zone (one times the globe’s diameter).", 1.0, "globe’s diameter"),
        ("Leave half a logo’s-width of white space.", 0.5, "logo’s width"),
        ("It equals two-thirds of the symbol’s height.", 0.6667, "symbol’s height"),
        ("Keep clear space equal to the lighthouse width.", 1.0, "lighthouse width"),
        ("The protected area is the x-height of the N.", 1.0, "x-height of the N"),
        ("Keep it clear by the cap height of the wordmark.", 1.0, "cap height of the wordmark"),
        ("Minimum clearspace: 2x the height of the mark", 2.0, "height of the mark"),
        ("A space of at least 1.5 Y should be applied.", 1.5, "Y"),
        ("Keep 1/2 X on all sides. X = the height of the symbol.", 0.5, "height of the symbol"),
        ("Leave at least one icon around the logo.", 1.0, "icon"),
        ("Surround it by blank space at least as wide as the letter I.", 1.0, "width of letter I"),
        ("Der Schutzraum beträgt die Hälfte der Logohöhe.", 0.5, "Logohöhe"),
        ("Elle est égale à la hauteur du symbole.", 1.0, "hauteur du symbole"),
        ("Equivale a la mitad de la altura del símbolo.", 0.5, "altura del símbolo"),
        ("È pari alla larghezza del simbolo.", 1.0, "larghezza del simbolo"),
        ("É igual à altura da letra M.", 1.0, "altura da letra M"),
        ("De helft van de hoogte van het beeldmerk.", 0.5, "hoogte van het beeldmerk"),
    ],
)
def test_a_ratio_says_what_it_is_of(sentence: str, value: float, reference: str) -> None:
    assert measure_of(sentence, context=sentence) == Measure(unit="ratio", value=value, reference=reference)


@pytest.mark.parametrize(
    ("sentence", "unit", "value"),
    [
        ("Never smaller than 0.7” (18 mm) wide.", "in", 0.7),
        ("Do not render it below 64px width or 16px cap height.", "px", 64),
        ("It should be a minimum of 38mm x 9mm.", "mm", 38),
        ("Minimum height: 32px/12mm", "px", 32),
    ],
)
def test_a_minimum_size_is_a_length(sentence: str, unit: str, value: float) -> None:
    measure = measure_of(sentence, is_size=True)
    assert measure is not None
    assert (measure.unit, measure.value) == (unit, value)


@pytest.mark.parametrize(
    "guide",
    [
        "# Buttons\n\nUse 16px padding around the icon. The minimum height of a button is 44px.\n",
        "# Page layout\n\nKeep a margin of 20 mm on each side of the page. White space is 48px.\n",
        "# Install\n\nClear space on the disk: at least 2 GB must be free. Put the logo in the folder.\n",
        "# Video\n\n## Safe area\n\nKeep titles within the safe area: 80% of the width of the frame.\n",
        "# Logo\n\nThe logo sits in the header, which has 24px padding. The header is 64px high.\n",
        "# Icons\n\nIcons are drawn on a 24px grid with 2px padding.\n",
        "# Header\n\nThere is some space around the logo, and the space can be changed in the settings.\n",
    ],
)
def test_the_space_of_other_elements_is_no_rule_on_the_logo(guide: str) -> None:
    kinds = {fact.kind for fact in canon_of(guide_md=guide).facts}
    assert not kinds & {"logo_clear_space", "logo_min_size"}


def test_a_table_and_a_list_below_minimum_size_state_sizes() -> None:
    canon = canon_of(
        logo_md="# Logo\n\n## Minimum size\n\n| Format | Minimum width |\n|---|---|\n| Full logo | 120px |\n| "
        "Icon | 24px "
        "|\n\n- **Print:** 10 mm\n- Recommended: 30 mm\n"
    )
    sizes = [fact.measure for fact in canon.facts if fact.kind == "logo_min_size"]
    assert sizes == [Measure(unit="px", value=120), Measure(unit="px", value=24), Measure(unit="mm", value=10)]


def test_the_sentence_behind_an_exclusion_zone_says_how_much() -> None:
    canon = canon_of(
        logo_md="# Size\n\nAn exclusion zone should be placed around the logo. This should be not less than 1/4 "
        "of the "
        "width at which the logo appears.\n"
    )
    measures = [fact.measure for fact in canon.facts if fact.kind == "logo_clear_space" and fact.measure]
    assert [(measure.unit, measure.value) for measure in measures] == [("ratio", 0.25)]


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


@pytest.mark.parametrize(
    "guide",
    [
        "# Logo\n\n- Keep adequate clear space around the logo.\n",
        "# Graphic standards\n\n- Allow adequate space around a logo for it to be seen.\n",
        "# Identity\n\nThe logo must be surrounded by a generous amount of white space.\n",
        "# Kit\n\nKeep generous whitespace around the tree mark.\n",
        "# Kit\n\nThe emblem should be placed on white with enough space around it.\n",
        "# Logo\n\n## Clearspace\n\nIt is important to keep proper spacing around the logo, so that it can breathe.\n",
        "# Logo\n\n## Espace de protection\n\nLe logo doit être entouré d'une zone dégagée. Aucun texte ne l'occupe.\n",
    ],
)
def test_a_guide_that_only_asks_for_space_states_it_as_it_says_it(guide: str) -> None:
    canon = canon_of(guide_md=guide)
    assert canon.logo_safe_zone is not None
    assert all(fact.measure is None for fact in canon.facts if fact.kind == "logo_clear_space")


def test_what_says_how_much_stands_for_what_only_asks_for_space() -> None:
    canon = canon_of(
        logo_md="# Logo\n\n## Clear space\n\nThe logo needs clear space around the logo to be seen.\n\n"
        "Leave half the height of the symbol around the logo.\n"
    )
    assert canon.logo_safe_zone == "Leave half the height of the symbol around the logo."


@pytest.mark.parametrize(
    "guide",
    [
        "# Print\n\n## Bleed and safe areas\n\n### Safe area\n\n- Standard: 6 mm from the trim\n"
        "- Keep text and logos within the safe area\n",
        "# Splash screen\n\nWith the icon alone around, the screen shows the app icon, safe-zone padding and all.\n",
    ],
)
def test_the_safe_area_of_a_page_or_screen_is_no_clear_space(guide: str) -> None:
    assert canon_of(guide_md=guide).logo_safe_zone is None


def test_a_title_on_a_design_language_hides_no_rules_of_the_logo() -> None:
    canon = canon_of(
        guide_md="# Quarry Design Language\n\n## Clear space\n\nThe clear space equals the height of the logotype.\n"
    )
    assert canon.logo_safe_zone == "The clear space equals the height of the logotype."


def test_lines_of_plain_text_above_lists_are_their_headings() -> None:
    canon = canon_of(
        usage_txt="Logo rules\n\nMinimum sizes\n- Screen: 24 px\n- Print: 15 mm\n\nMisuse\n- Stretching the logo\n"
    )
    sizes = [fact.measure for fact in canon.facts if fact.kind == "logo_min_size"]
    assert sizes == [Measure(unit="px", value=24), Measure(unit="mm", value=15)]
    assert len(canon.logo_donts) == 1


def test_a_table_under_minimum_sizes_may_call_its_column_minimum() -> None:
    canon = canon_of(
        logo_md="# Marks\n\n## Minimum sizes\n\n| Mark | Minimum | Reason |\n|---|---|---|\n| Wordmark | 120px wide | "
        "It stays legible |\n"
    )
    assert [fact.measure for fact in canon.facts if fact.kind == "logo_min_size"] == [Measure(unit="px", value=120)]


@pytest.mark.parametrize(
    ("sentence", "reference"),
    [
        ("Leave free the height of the “A” in the wordmark.", "height of the “A”"),
        ("Leave at least the height of the mark's doorway.", "height of the mark's doorway"),
        ("It equals the radius of the inner arch.", "radius of the inner arch"),
        ("Il équivaut à la hauteur de l'icône.", "hauteur de l'icône"),
    ],
)
def test_a_reference_is_the_whole_thing(sentence: str, reference: str) -> None:
    measure = measure_of(sentence)
    assert measure is not None
    assert (measure.value, measure.reference) == (1.0, reference)


@pytest.mark.parametrize(
    "sentence",
    [
        "- Use the logo with adequate spacing around it",
        "- Give the logo generous clear space.",
        "**Clear space.** Give the logo generous surrounding space so that it stands out.",
        "Leave sufficient room around the logo.",
    ],
)
def test_that_the_logo_is_given_space_is_a_rule_without_a_measure(sentence: str) -> None:
    canon = canon_of(guide_md=f"# Brand\n\n## Usage\n\n{sentence}\n")
    assert [fact.kind for fact in canon.facts] == ["logo_clear_space"]


@pytest.mark.parametrize(
    ("cross", "tick"), [("✗", "✓"), ("❌", "✅"), ("✖️", "✔️"), (":x:", ":white_check_mark:"), ("👎", "👍")]
)
def test_a_cross_or_a_tick_in_front_of_a_line_tells_its_side(cross: str, tick: str) -> None:
    canon = canon_of(
        guide_md=f"# Logo\n\n## Examples\n\n- {cross} Logo on a busy photo\n- {cross} Stretched to fit\n"
        f"- {tick} Logo on plain white\n"
    )
    assert canon.logo_donts == ("Logo on a busy photo", "Stretched to fit")
    assert canon.logo_dos == ("Logo on plain white",)


def test_a_tick_below_donts_is_no_do_and_a_cross_below_dos_is_a_dont() -> None:
    canon = canon_of(
        guide_md="# Logo\n\n## Logo don'ts\n\n- ✓ Logo on plain white\n- Stretch the logo\n\n## Logo dos\n\n"
        "- ✗ Logo on a busy photo\n"
    )
    assert canon.logo_dos == ()
    assert "Logo on a busy photo" in canon.logo_donts


def test_what_is_said_of_the_logo_in_the_middle_of_a_sentence_has_its_side() -> None:
    canon = canon_of(
        guide_md="# Logo\n\nThe logo is quite wide and should be placed at the top of a page. "
        "The logo should not be used if the space is a square. If the logo cannot be printed in colour, ask us.\n"
    )
    assert canon.logo_dos == ("The logo is quite wide and should be placed at the top of a page.",)
    assert canon.logo_donts == ("The logo should not be used if the space is a square.",)

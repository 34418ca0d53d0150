"""Labels of sides as guides of many houses write them, and lines that take a negation back."""

import pytest

from sgd_assets.canon.sides.imperatives import imperative
from sgd_assets.canon.sides.polarity import stance_of_label
from tests.sgd_assets.canon.made_evidence import canon_of


@pytest.mark.parametrize(
    "label",
    [
        "The bad", "Things we'd rather not see", "No-no's", "Common pitfalls", "Worst practices", "Anti-patterns",
        "Inappropriate uses of the logo", "Off limits", "Discouraged", "Do not do these things", "Logo crimes",
        "We never", "What we're not", "Never ever", "Avoid doing the following", "To be avoided", "Logo restrictions",
        "Poor usage", "Negative examples", "Do nots", "Don´ts", "Don`ts", "Logo usage - Don't", "Our tone isn't",
        "We don't sound", "Things you shouldn't do", "Not cool", "Please no",
    ],
)  # fmt: skip
def test_a_label_names_donts(label: str) -> None:
    assert stance_of_label(label) == "dont"


@pytest.mark.parametrize(
    "label",
    [
        "The good", "Good practice", "Recommended usage", "Approved", "Appropriate use", "Permitted", "Feel free to",
        "We always", "Must", "Right", "Better", "Things to do", "Things you can do", "What's okay", "Correct examples",
    ],
)  # fmt: skip
def test_a_label_names_dos(label: str) -> None:
    assert stance_of_label(label) == "do"


@pytest.mark.parametrize(
    "label",
    [
        "Negative logo", "Negative space", "Recommended reading", "Positive version", "Allowed colours",
        "Better together",
        "Never miss an update", "Export restrictions by country", "Non-profits", "Rights", "What we do for others",
    ],
)  # fmt: skip
def test_a_heading_with_such_a_word_in_it_takes_no_side(label: str) -> None:
    assert stance_of_label(label) not in ("do", "dont")


def test_a_double_negation_asks_for_what_must_not_be_left_out() -> None:
    canon = canon_of(
        logo_md="# Logo\n\nDo not forget to leave room around the mark.\n\nDon't hesitate to ask for more files.\n\n"
        "There is no need to add a sign to the logo.\n\nDon't stretch the mark.\n"
    )
    assert canon.logo_dos == ("Do not forget to leave room around the mark.",)
    assert canon.logo_donts == ("Don't stretch the mark.",)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Try not to start with an apology.", "voice_dont"),
        ("Be careful not to preach.", "voice_dont"),
        ("Try to be short.", "voice_do"),
        ("Never forget to thank the reader.", "voice_do"),
        ("No need to be formal.", None),
        ("N'oubliez pas le lecteur.", "voice_do"),
    ],
)
def test_a_negation_behind_a_verb_turns_the_line_and_one_before_forgetting_does_not(
    line: str, kind: str | None
) -> None:
    assert imperative(line) == kind


def test_what_is_discouraged_or_has_to_be_avoided_is_a_dont() -> None:
    canon = canon_of(
        logo_md="# Logo\n\nShadows behind the mark should be avoided. Changes to the logo are strongly discouraged. "
        "Nobody may register the mark. The mark can be cropped on small screens.\n"
    )
    assert canon.logo_donts == (
        "Shadows behind the mark should be avoided.",
        "Changes to the logo are strongly discouraged.",
        "Nobody may register the mark.",
    )
    assert canon.logo_dos == ("The mark can be cropped on small screens.",)


def test_columns_headed_right_and_wrong_are_told_on_their_sides() -> None:
    canon = canon_of(
        type_md="# Larch brand guide\n\n## Typography\n\n| Rule | Right | Wrong |\n|---|---|---|\n"
        "| Case | Set headings in sentence case | Set headings in capitals |\n"
    )
    assert canon.logo_dos == ("Set headings in sentence case",)
    assert canon.logo_donts == ("Set headings in capitals",)


def test_columns_headed_we_say_and_we_dont_say_are_told_on_their_sides() -> None:
    canon = canon_of(
        voice_md="# Tone of voice\n\nWe sound warm, calm and plain.\n\n| We say | We don’t say |\n|---|---|\n"
        "| Use short words | Use jargon |\n| Thank readers | Blame readers |\n"
    )
    assert canon.voice is not None
    assert canon.voice.dos == ("Use short words", "Thank readers")
    assert canon.voice.donts == ("Use jargon", "Blame readers")


def test_a_picture_whose_alternative_text_says_its_side_tells_a_rule() -> None:
    canon = canon_of(
        logo_md="# Logo\n\n![Do: align the mark with the text](a.png)\n\n![Don't: two marks in a row](b.png)\n\n"
        "![The mark on a wall](c.png)\n"
    )
    assert canon.logo_dos == ("Do: align the mark with the text",)
    assert canon.logo_donts == ("Don't: two marks in a row",)


def test_an_item_below_donts_that_says_instead_of_or_only_is_a_dont() -> None:
    canon = canon_of(
        logo_md="# Logo\n\n## Don'ts\n\n- Use the icon instead of the logo\n- Show only a part of the mark\n"
        "- Use the files we provide instead\n- Only use it on white\n"
    )
    assert canon.logo_donts == ("Use the icon instead of the logo", "Show only a part of the mark")
    assert canon.logo_dos == ()

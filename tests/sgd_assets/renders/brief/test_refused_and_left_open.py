import pytest

from tests.sgd_assets.renders.brief.reading import brief_of


@pytest.mark.parametrize(
    ("instruction", "kind"),
    [
        ('"Open late", blue background, no photo', "any"),
        ("Überschrift „Herbst“, kein Foto", "any"),
        ('Kop "Open dag", geen foto\'s', "any"),
        ('Text only: "Open late", no photo', "none"),
        ('"Open late", no pictures', "none"),
        ("Use the attached text, no people", "any"),
        ("Gebruik de aangeleverde tekst", "any"),
        ('Use the attached picture. "Go"', "reference"),
    ],
)
def test_no_photo_leaves_other_pictures_open_and_a_sent_text_is_no_picture(instruction: str, kind: str) -> None:
    assert brief_of(instruction).imagery.kind == kind


@pytest.mark.parametrize(
    ("instruction", "name"),
    [
        ('Please don\'t add a button. "Go"', "call_to_action"),
        ('"Go", and do not add a date', "date"),
        ('Nobody in it. "Go"', "people"),
        ('"Go", with no one in the picture', "people"),
        ("«Si parte», niente loghi", "logo"),
        ("标题：山间晨光，不要人物", "people"),
    ],
)
def test_what_must_not_be_there_is_heard(instruction: str, name: str) -> None:
    assert name in brief_of(instruction).forbidden


def test_a_logo_that_is_added_elsewhere_is_not_refused() -> None:
    assert brief_of('"Go". Don\'t add the logo on the left.').forbidden == ()


@pytest.mark.parametrize(
    ("instruction", "name"),
    [
        ("“Good bread takes an hour.” Said by Priya Nand, café owner.", "Priya Nand, café owner"),
        ("„Zeit ist Teig.“ – Jonas Ohm, Bäcker. Linksbündig.", "Jonas Ohm, Bäcker"),
        ("“Slow is smooth.” — Ann Lee, left aligned", "Ann Lee"),
        ("“Slow is smooth.” — Ann Lee, no logo", "Ann Lee"),
    ],
)
def test_who_said_it_comes_with_the_role_and_without_wishes(instruction: str, name: str) -> None:
    assert brief_of(instruction).attribution == name


@pytest.mark.parametrize(
    ("instruction", "edits"),
    [
        ('Wrong date! It is "19 September", not what stands there now.', [("date", "19 September")]),
        ('The headline is wrong. Make it "Doors open".', [("headline", "Doors open")]),
        ("Der Preis stimmt nicht. Es sind „12 €“, nicht was da steht.", [("price", "12 €")]),
        ('troca o fundo pra #FFD400 e o preço pra "9 €"', [("ground", "#FFD400"), ("price", "9 €")]),
    ],
)
def test_a_correction_is_of_the_part_that_is_named_before(instruction: str, edits: list[tuple[str, str]]) -> None:
    found = [(edit.element, edit.value) for edit in brief_of(instruction, task="edit").edits]
    assert found == edits


def test_words_that_are_to_go_still_go() -> None:
    (edit,) = brief_of('Remove "Free tea".', task="edit").edits
    assert (edit.change, edit.was) == ("remove", "Free tea")

import pytest

from tests.sgd_assets.renders.brief.reading import brief_of, printed


@pytest.mark.parametrize(
    ("instruction", "edits"),
    [
        ('Change the headline to "Doors open at eight"', [("headline", "set", "Doors open at eight")]),
        ("Set the price to €24.90", [("price", "set", "€24.90")]),
        ("make the background green", [("ground", "set", "green")]),
        ("Remove the date and move the logo to the top right",
         [("date", "remove", None), ("logo", "move", "top-right")]),
        ("Remove the date and the price", [("date", "remove", None), ("price", "remove", None)]),
        ("Make the headline bigger and crop it to a square", [("headline", "larger", None), ("size", "set", "square")]),
        ("Please make the logo smaller and put it bottom left",
         [("logo", "smaller", None), ("logo", "move", "bottom-left")]),
        ("Crop to 1080x1080", [("size", "set", "1080x1080")]),
        ('Replace "Old words" with "New words"', [("headline", "set", "New words")]),
        ("Endre overskriften til «Siste plasser» og fjern datoen",
         [("headline", "set", "Siste plasser"), ("date", "remove", None)]),
        ("Změň nadpis na „Poslední místa“ a odstraň datum",
         [("headline", "set", "Poslední místa"), ("date", "remove", None)]),
        ("Arka planı mavi yap ve logoyu sol üste taşı", [("ground", "set", "blue"), ("logo", "move", "top-left")]),
        ('제목을 "예약 중"으로 변경하고 로고를 왼쪽 위로 옮겨 주세요',
         [("headline", "set", "예약 중"), ("logo", "move", "top-left")]),
        ("Headline: Last seats", [("headline", "set", "Last seats")]),
        ("Make the headline green", [("picture", "set", "Make the headline green")]),
        ("Mach die Überschrift rot", [("picture", "set", "Mach die Überschrift rot")]),
        ("Mets le titre en rouge", [("picture", "set", "Mets le titre en rouge")]),
        ("Pon el título en rojo", [("picture", "set", "Pon el título en rojo")]),
        ("Zet de titel in rood", [("picture", "set", "Zet de titel in rood")]),
        ("Set the button in #ff0000", [("picture", "set", "Set the button in #ff0000")]),
        ("Make the logo bigger and the background blue", [("logo", "larger", None), ("ground", "set", "blue")]),
        ("Mach das Logo kleiner und den Hintergrund blau", [("logo", "smaller", None), ("ground", "set", "blue")]),
        ("Swap the headline and the body", [("picture", "set", "Swap the headline and the body")]),
        ("Tausche Titel und Fließtext", [("picture", "set", "Tausche Titel und Fließtext")]),
        ("Swap the logo and the headline", [("picture", "set", "Swap the logo and the headline")]),
        ('Swap the headline for "New words"', [("headline", "set", "New words")]),
        ("Make the sky darker", [("picture", "set", "Make the sky darker")]),
    ],
)  # fmt: skip
def test_each_change_of_a_picture_is_told(instruction: str, edits: list[tuple[str, str, str | None]]) -> None:
    brief = brief_of(instruction, "edit")
    assert [(edit.element, edit.change, edit.value) for edit in brief.edits] == edits
    assert printed(brief) == {}


def test_words_that_are_replaced_are_known() -> None:
    [edit] = brief_of('Replace "Old words" with "New words"', "edit").edits
    assert edit.was == "Old words"


def test_a_new_line_is_copy_and_no_change_of_a_part() -> None:
    brief = brief_of('Add the line "Open day"', "edit")
    assert (printed(brief), brief.edits) == ({"headline": "Open day"}, ())


def test_a_part_set_in_another_case_keeps_its_words() -> None:
    brief = brief_of("Make the headline all caps", task="edit")
    assert (brief.edits, brief.placement.case) == ((), "upper")


@pytest.mark.parametrize(
    ("instruction", "told"),
    [
        ("Replace the headline with Summer Nights and remove the person",
         [("headline", "Summer Nights"), ("picture", "remove the person")]),
        ("Ersetze die Überschrift mit Sommernacht und entferne die Person",
         [("headline", "Sommernacht"), ("picture", "entferne die Person")]),
        ('Replace the headline with "Swim", and blur the background',
         [("headline", "Swim"), ("picture", "blur the background")]),
    ],
)  # fmt: skip
def test_each_change_of_a_sentence_is_named(instruction: str, told: list[tuple[str, str]]) -> None:
    assert [(edit.element, edit.value) for edit in brief_of(instruction, task="edit").edits] == told

"""The judges themselves, by made-up briefs: right, wrong, missing, invented."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.briefs.__main__ import main
from tests.briefs.readback import score_lines
from tests.briefs.score import score_brief, score_set
from tests.briefs.truths import Entry
from tests.briefs.verdict import Verdict

RIGHT: dict[str, Any] = {
    "copy": {"headline": "Don't wait", "date": "12 May", "extra": ["Rest", "Repeat"]},
    "imagery": {"kind": "photo", "subject": "runner at dawn on a bridge"},
    "placement": {"logo": "top-right"},
    "ground": "primary blue",
    "forbidden": ["gradient"],
    "may_print": ["Spring Sale"],
    "must_not_print": ["put the logo", "日付"],
}


def entry(**changed: Any) -> Entry:
    return Entry("made-up", "en", [], {"prompts": {"task": "create", "instruction": "-----"}}, RIGHT | changed)


def verdict(element: str, of: Entry, **brief: Any) -> Verdict | None:
    judged = {each.element: each.verdict for each in score_brief(of, RIGHT | brief).judged}
    return judged.get(element)


def plain(**changed: Any) -> Entry:
    nothing: dict[str, Any] = {
        "copy": {},
        "imagery": {"kind": "any", "subject": None},
        "placement": {},
        "forbidden": [],
    }
    asked: dict[str, Any] = {"may_print": [], "must_not_print": []}
    return Entry("made-up", "en", [], {}, nothing | asked | changed)


def only(element: str, of: Entry, **brief: Any) -> Verdict | None:
    return {each.element: each.verdict for each in score_brief(of, brief).judged}.get(element)


def test_other_quotation_marks_and_white_space_are_the_same_words() -> None:
    copy = {"headline": "Don’t\n wait", "date": "12  May", "extra": ["Rest", "Repeat"]}
    assert score_brief(entry(), RIGHT | {"copy": copy}).faults == []


@pytest.mark.parametrize(
    ("copy", "element", "expected"),
    [
        ({"headline": "Do wait"}, "headline", Verdict.WRONG),
        ({"headline": "don't wait"}, "headline", Verdict.WRONG),
        ({}, "headline", Verdict.MISSING),
        ({"price": "€5"}, "price", Verdict.INVENTED),
        ({"body": "Rest", "extra": ["Repeat"]}, "extra[0]", Verdict.RIGHT),
        ({"body": "Rest\nRepeat"}, "extra[1]", Verdict.RIGHT),
        ({"extra": ["Repeat", "Rest"]}, "extra[1]", Verdict.WRONG),
        ({"extra": ["Rest", "Repeat", "Run"]}, "extra[2]", Verdict.INVENTED),
        ({"headline": "Don't wait Rest Repeat"}, "headline", Verdict.RIGHT),
        ({"body": "Spring Sale"}, "body", None),
    ],
)
def test_each_element_of_the_copy_is_judged(copy: dict[str, Any], element: str, expected: Verdict | None) -> None:
    assert verdict(element, entry(), copy=copy) == expected


def test_no_copy_is_an_element_and_a_made_up_headline_spoils_it() -> None:
    assert only("copy", plain(), copy={"headline": ""}) == Verdict.RIGHT
    assert only("headline", plain(), copy={"headline": "A runner"}) == Verdict.INVENTED
    assert only("copy", plain(), copy={"headline": "A runner"}) is None


def test_case_counts_unless_the_words_are_set_in_another() -> None:
    upper = plain(copy={"headline": "Hello"}, placement={"case": "upper"})
    assert only("headline", upper, copy={"headline": "HELLO"}) == Verdict.RIGHT


@pytest.mark.parametrize(
    ("imagery", "element", "expected"),
    [
        ({"kind": "photo", "subject": "a runner on a bridge"}, "imagery.subject", Verdict.RIGHT),
        ({"kind": "photo", "subject": "a lake"}, "imagery.subject", Verdict.WRONG),
        ({"kind": "photo", "subject": None}, "imagery.subject", Verdict.MISSING),
        ({"kind": "pattern"}, "imagery.kind", Verdict.WRONG),
        ({}, "imagery.kind", Verdict.MISSING),
    ],
)
def test_imagery_is_judged_by_kind_and_by_words_of_its_subject(
    imagery: dict[str, Any], element: str, expected: Verdict
) -> None:
    assert verdict(element, entry(), imagery=imagery) == expected


def test_a_picture_that_nobody_asked_for_is_invented() -> None:
    assert only("imagery.kind", plain(), imagery={"kind": "photo"}) == Verdict.INVENTED
    assert only("imagery.kind", plain(), imagery={"kind": "any"}) == Verdict.RIGHT


def test_wishes_are_right_wrong_missing_or_invented() -> None:
    assert verdict("placement.logo", entry(), placement={"logo": "top right"}) == Verdict.RIGHT
    assert verdict("placement.logo", entry(), placement={"logo": "left"}) == Verdict.WRONG
    assert verdict("placement.logo", entry(), placement={}) == Verdict.MISSING
    assert verdict("placement.case", entry(), placement={"case": "upper"}) == Verdict.INVENTED
    assert verdict("ground", entry(), ground="primary") == Verdict.RIGHT
    assert verdict("ground", entry(), ground="#FF0000") == Verdict.WRONG
    assert verdict("mood", entry(), mood="calm") == Verdict.INVENTED
    assert verdict("forbidden.gradient", entry(), forbidden=[]) == Verdict.MISSING
    assert verdict("forbidden.logo", entry(), forbidden=["gradient", "logo"]) == Verdict.INVENTED


def test_an_edit_is_right_by_element_change_and_value() -> None:
    edited = plain(edits=[{"element": "logo", "change": "move", "value": "top-right"}])
    moved = {"element": "logo", "change": "move", "value": "top right"}
    assert only("edits.logo", edited, edits=[moved]) == Verdict.RIGHT
    assert only("edits.logo", edited, edits=[moved | {"value": "left"}]) == Verdict.WRONG
    assert only("edits.logo", edited, edits=[]) == Verdict.MISSING
    assert only("edits.date", edited, edits=[moved, {"element": "date", "change": "remove"}]) == Verdict.INVENTED


def test_what_an_edit_removes_may_be_forbidden_too_and_nothing_else() -> None:
    edited = plain(edits=[{"element": "date", "change": "remove", "value": None}])
    assert only("forbidden.date", edited, forbidden=["date"]) is None
    assert only("forbidden.price", edited, forbidden=["price"]) == Verdict.INVENTED


def test_words_to_the_designer_in_the_copy_leak() -> None:
    copy = {"headline": "Put the logo top right", "body": "日付：8月"}
    assert score_brief(entry(), RIGHT | {"copy": copy}).leaked == ["put the logo", "日付"]
    assert score_brief(entry(), RIGHT).leaked == []


def test_a_set_counts_right_elements_of_all_and_an_entry_without_a_brief_misses_its_own() -> None:
    assert score_set([entry()], {"made-up": RIGHT}).right_share == 1
    assert score_set([entry()], {}).verdicts == {Verdict.MISSING: 9}


def test_lines_read_from_a_picture_are_matched_in_spite_of_a_wrong_letter() -> None:
    read = score_lines(entry(), ["DON'T", "WA1T", "12 May", "Rest", "KESTRINE"])
    assert read.elements == {
        "headline": Verdict.RIGHT,
        "date": Verdict.RIGHT,
        "extra[0]": Verdict.RIGHT,
        "extra[1]": Verdict.MISSING,
    }
    assert read.leaked == []
    assert "KESTRINE" in read.unexplained


def test_words_to_the_designer_read_from_a_picture_leak() -> None:
    assert score_lines(entry(), ["Don't wait", "Put the 1ogo top"]).leaked == ["put the logo"]
    assert score_lines(entry(), ["日付"]).leaked == ["日付"]


def test_the_command_counts_a_set_and_judges_briefs_of_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([]) == 0
    assert "language en: " in capsys.readouterr().out
    briefs = tmp_path / "briefs.json"
    briefs.write_text(json.dumps({"en-01": {"copy": {"headline": "Poster"}}}), "utf-8")
    assert main(["--briefs", str(briefs)]) == 1
    assert "en-01 would print 'Poster'" in capsys.readouterr().out

"""The truths themselves: whole, consistent with their instructions, and broad enough."""

import pytest

from tests.briefs.copy_words import printed
from tests.briefs.score import score_brief
from tests.briefs.truths import FORBIDDEN, LOGO_PLACES, SLOTS, Entry, counts, read_set
from tests.briefs.words import exact, holds, tokens

ENTRIES = read_set()
each_entry = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)


def test_the_set_is_broad_and_its_ids_are_unique() -> None:
    assert len(ENTRIES) >= 130
    assert len({entry.id for entry in ENTRIES}) == len(ENTRIES)
    assert len(counts(ENTRIES)["language"]) >= 10


@each_entry
def test_words_to_print_stand_in_the_request_as_they_are(entry: Entry) -> None:
    source = exact(entry.request["prompts"]["instruction"])
    given = [*entry.right["copy"].values(), *entry.right["copy"].get("extra", [])]
    if "copy" in entry.request:
        assert entry.right["copy"] == entry.request["copy"]
    else:
        assert [text for text in given if isinstance(text, str) and exact(text) not in source] == []
    texts = [*printed({"edits": entry.right.get("edits", [])}), entry.right.get("attribution", "")]
    assert [text for text in [*texts, *entry.right["may_print"]] if exact(text) not in source] == []


@each_entry
def test_words_to_the_designer_stand_in_the_instruction_and_in_no_words_to_print(entry: Entry) -> None:
    instruction = entry.request["prompts"]["instruction"]
    to_print = [*printed(entry.right), *entry.right["may_print"]]
    assert entry.right["must_not_print"]
    assert [
        each
        for each in entry.right["must_not_print"]
        if not (holds(instruction, each) or (tokens(each) and exact(each).casefold() in exact(instruction).casefold()))
        or any(holds(text, each) for text in to_print)
    ] == []


@each_entry
def test_every_value_is_of_the_documented_form(entry: Entry) -> None:
    right = entry.right
    assert set(right["copy"]) <= {*SLOTS, "extra"}
    assert set(right["forbidden"]) <= set(FORBIDDEN)
    assert right["placement"].get("logo", "top") in LOGO_PLACES
    assert right["placement"].get("alignment", "left") in ("left", "centre", "right")
    assert right["placement"].get("case", "upper") in ("upper", "lower")
    assert right.get("mood", "calm") in ("dark", "light", "vivid", "calm")
    assert {edit["change"] for edit in right.get("edits", [])} <= {"set", "remove", "move"}
    assert {edit["element"] for edit in right.get("edits", [])} <= {*SLOTS, "logo", "ground"}


@each_entry
def test_the_truth_taken_as_a_brief_is_right_in_every_element(entry: Entry) -> None:
    score = score_brief(entry, entry.right)
    assert score.judged
    assert (score.faults, score.leaked) == ([], [])

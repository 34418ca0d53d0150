"""What people say of facts outranks the files, survives every derivation and is told."""

from dataclasses import replace

import pytest

from sgd_assets.canon.checks import check_canon
from sgd_assets.canon.compare import compare_canons
from sgd_assets.canon.model import Canon, Fact
from sgd_assets.canon.statements.apply import SOURCE_NAME, apply_statements, is_for_review
from sgd_assets.canon.statements.check import make_statement
from sgd_resources.errors import NotFound, ValidationFailed
from sgd_resources.ports.statements import FactStatement
from tests.sgd_assets.canon.made_evidence import VOICE, canon_of

GUIDE = """# Colours

| Name | Hex |
|---|---|
| Harbour Blue | #12355B |
| Sand | #F2A541 |
| Chalk | #F7F3E9 |

# Typography

Headlines are set in Fraunces. Our body typeface is Inter.

# Logo

- Do not stretch the logo.
- Use the logo on plain backgrounds.
"""
DERIVED = canon_of(guide_md=GUIDE, voice_md=VOICE)


def fact(canon: Canon, value: str) -> Fact:
    return next(one for one in canon.facts if one.value == value)


def said(canon: Canon, said_of: str, verb: str, entry: int = 1, /, **changes: str) -> FactStatement:
    made = make_statement(
        canon,
        fact(canon, said_of).id,
        verb,
        reason="as agreed",
        subject="user:u1",
        **changes,  # type: ignore[arg-type]
    )
    return replace(made, audit_entry=entry)


def test_a_canon_of_which_nobody_said_anything_is_the_derived_one() -> None:
    assert apply_statements(DERIVED, []) is DERIVED
    assert "statements" not in DERIVED.model_dump()
    assert "audit_entry" not in DERIVED.facts[0].citations[0].model_dump()


def test_a_corrected_colour_stands_where_the_wrong_one_stood_and_cites_the_person_alone() -> None:
    found = apply_statements(DERIVED, [said(DERIVED, "#12355B", "correct", 9, value="#123A5B")])
    assert found.palette_hex == ("#123A5B", "#F2A541", "#F7F3E9")
    corrected = fact(found, "#123A5B")
    (source,) = corrected.citations
    assert (source.file_name, source.quote, source.audit_entry, source.subject) == (
        SOURCE_NAME,
        "as agreed",
        9,
        "user:u1",
    )
    assert (corrected.method, corrected.confidence) == ("corrected", 1.0)
    assert corrected.colour is not None
    assert (corrected.colour.hex, corrected.colour.name) == ("#123A5B", "Harbour Blue")
    assert [one.verb for one in found.statements] == ["correct"]


def test_every_fact_of_a_canon_with_statements_is_cited() -> None:
    found = apply_statements(DERIVED, [said(DERIVED, "Inter", "correct", value="Lora")])
    assert {one.why for one in check_canon(found) if one.check == "every_fact_is_cited"} == {""}
    bare = found.model_copy(update={"statements": ()})
    assert {one.why for one in check_canon(bare) if one.check == "every_fact_is_cited"} == {"1 facts are not"}


def test_a_rejected_fact_is_gone_from_facts_and_lists() -> None:
    stated = [said(DERIVED, "#F2A541", "reject"), said(DERIVED, "Inter", "reject", 2)]
    found = apply_statements(DERIVED, stated)
    assert found.palette_hex == ("#12355B", "#F7F3E9")
    assert found.fonts == ("Fraunces",)
    assert {"#F2A541", "Inter"}.isdisjoint(one.value for one in found.facts)


def test_rejecting_all_of_a_part_leaves_the_canon_incomplete_and_says_why() -> None:
    stated = [said(DERIVED, family, "reject", n) for n, family in enumerate(DERIVED.fonts)]
    found = apply_statements(DERIVED, stated)
    assert (found.fonts, found.status) == ((), "incomplete")
    assert [one.reason for one in found.abstained if one.what == "fonts"] == ["people rejected what the files state"]


def test_a_confirmed_fact_keeps_its_sources_behind_the_person() -> None:
    found = fact(apply_statements(DERIVED, [said(DERIVED, "Inter", "confirm")]), "Inter")
    assert [one.file_name for one in found.citations] == [SOURCE_NAME, "guide.md"]
    assert (found.method, found.confidence) == ("confirmed", 1.0)


def test_a_rule_on_the_wrong_side_is_put_on_the_other() -> None:
    wrong = "Use the logo on plain backgrounds."
    assert wrong in DERIVED.logo_dos
    found = apply_statements(DERIVED, [said(DERIVED, wrong, "correct", kind="logo_dont")])
    assert wrong not in found.logo_dos
    assert wrong in found.logo_donts
    assert "guide.md" in [one.file_name for one in fact(found, wrong).citations]


def test_a_line_of_voice_is_corrected_in_the_voice_too() -> None:
    assert DERIVED.voice is not None
    line = DERIVED.voice.dos[0]
    found = apply_statements(DERIVED, [said(DERIVED, line, "correct", value="Use short words.")])
    assert found.voice is not None
    assert found.voice.dos[0] == "Use short words."


def test_a_statement_survives_that_the_files_say_something_else() -> None:
    stated = [said(DERIVED, "#12355B", "confirm"), said(DERIVED, "Inter", "correct", 2, value="Lora")]
    later = canon_of(guide_md=GUIDE.replace("#12355B", "#AA0011").replace("Inter", "Work Sans"))
    found = apply_statements(later, stated)
    assert "#12355B" in found.palette_hex
    assert "Lora" in found.fonts
    review = [one for one in found.conflicts if is_for_review(one)]
    assert [(one.kept, one.dropped) for one in review] == [("#12355B", "no longer stated")]


@pytest.mark.parametrize(
    ("verb", "changes", "kept"), [("correct", {"value": "#000001"}, "#000001"), ("reject", {}, "rejected")]
)
def test_newer_evidence_that_states_the_old_value_again_is_listed_for_review(
    verb: str, changes: dict[str, str], kept: str
) -> None:
    stated = [said(DERIVED, "#12355B", verb, **changes)]
    assert not any(is_for_review(one) for one in apply_statements(DERIVED, stated).conflicts)
    later = canon_of(guide_md=GUIDE, voice_md=VOICE, brand_css=":root { --brand-harbour: #12355B; }")
    (review,) = [one for one in apply_statements(later, stated).conflicts if is_for_review(one)]
    assert (review.kept, review.dropped) == (kept, "#12355B")
    assert [one.file_name for one in review.citations] == [SOURCE_NAME, "brand.css"]


def test_a_correction_to_what_another_file_says_makes_one_fact_of_both() -> None:
    found = apply_statements(DERIVED, [said(DERIVED, "#F7F3E9", "correct", value="#F2A541")])
    assert found.palette_hex == ("#12355B", "#F2A541")
    assert [one.value for one in found.facts].count("#F2A541") == 1
    assert [one.file_name for one in fact(found, "#F2A541").citations] == [SOURCE_NAME, "guide.md"]


def test_statements_are_obeyed_in_the_order_in_which_they_were_made() -> None:
    first = said(DERIVED, "#12355B", "correct", 1, value="#000001")
    then = said(apply_statements(DERIVED, [first]), "#000001", "correct", 2, value="#000002")
    assert apply_statements(DERIVED, [then, first]).palette_hex[0] == "#000002"


def test_a_canon_with_statements_is_another_version_and_the_difference_tells_them() -> None:
    found = apply_statements(DERIVED, [said(DERIVED, "Inter", "confirm", 3)])
    assert found.version != DERIVED.version
    assert compare_canons(DERIVED, found).statements.added == ("confirm Inter (audit entry 3)",)
    assert Canon.model_validate_json(found.canonical_json()) == found


def test_a_rejected_fact_can_be_spoken_of_again() -> None:
    gone = fact(DERIVED, "#F2A541")
    found = apply_statements(DERIVED, [said(DERIVED, "#F2A541", "reject")])
    again = make_statement(found, gone.id, "confirm", reason="it is right", subject="user:u2")
    assert (again.value, again.name) == ("#F2A541", "Sand")
    assert "#F2A541" in apply_statements(DERIVED, [replace(again, audit_entry=2)]).palette_hex


@pytest.mark.parametrize(
    ("value", "verb", "changes", "path"),
    [
        ("#12355B", "correct", {}, "$.value"),
        ("#12355B", "correct", {"value": "#12355b"}, "$.value"),
        ("#12355B", "correct", {"value": "blue"}, "$.value"),
        ("#12355B", "correct", {"kind": "font"}, "$.kind"),
        ("#12355B", "correct", {"role": "heading"}, "$.role"),
        ("Inter", "correct", {"role": "primary"}, "$.role"),
        ("Inter", "correct", {"value": "x" * 101}, "$.value"),
        ("Inter", "confirm", {"value": "Lora"}, "$.verb"),
    ],
)
def test_a_statement_that_says_nothing_or_what_cannot_be_is_refused(
    value: str, verb: str, changes: dict[str, str], path: str
) -> None:
    with pytest.raises(ValidationFailed) as refusal:
        said(DERIVED, value, verb, **changes)
    assert refusal.value.details["errors"][0]["path"] == path


def test_nobody_speaks_of_a_fact_that_is_not_there() -> None:
    with pytest.raises(NotFound):
        make_statement(DERIVED, "0" * 16, "confirm", reason="r", subject="user:u1")

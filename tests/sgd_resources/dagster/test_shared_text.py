"""What is said of one org is cut out of texts that many share, and nothing of the others is."""

import json

import pytest

from sgd_resources.dagster.shared_text import SaidOf

SAID = SaidOf("acme")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('acme: "anna.txt" accept\nbeta: "b.txt" accept', 'erased-org\nbeta: "b.txt" accept'),
        ("2026 - dagster - INFO - job - run - acme: done in 3 ms", "2026 - dagster - INFO - job - run - erased-org"),
        ("- \x1b[31macme failed in canon: X: y\x1b[0m\nacme-two: 2", "- erased-org\nacme-two: 2"),
        ("2 of 3 orgs failed: acme (canon: X: of (a) b); beta (canon: Y: c)",
         "2 of 3 orgs failed: erased-org; beta (canon: Y: c)"),
        ("| org | why |\n| acme | anna |\n| beta | b |", "| org | why |\n| erased-org\n| beta | b |"),
        ("passed over: org/acme/quarantine/anna, b.txt; org/beta/quarantine/c.txt",
         "passed over: org/erased-org; org/beta/quarantine/c.txt"),
        ('passed over: "org/acme/quarantine/anna, \\"b.txt", "org/beta/c.txt" and 3 more; name them anew',
         'passed over: "org/erased-org", "org/beta/c.txt" and 3 more; name them anew'),
        ("the-acme: stays\nacme-two: stays", "the-acme: stays\nacme-two: stays"),
        ("[acme,beta]", "[acme,beta]"),
    ],
)  # fmt: skip
def test_what_is_said_of_an_org_goes_and_the_others_stay(text: str, left: str) -> None:
    assert SAID.cut(text) == left


def test_texts_within_a_stored_event_are_cut_and_it_stays_an_event() -> None:
    event = {"message": 'beta: 1\nacme: "anna \\"x\\".txt" accept', "tags": ["acme", {"n": 1, "why": None}]}
    left = json.loads(SAID.cut_stored(json.dumps(event)))
    assert left == {"message": "beta: 1\nerased-org", "tags": ["acme", {"n": 1, "why": None}]}


def test_what_says_nothing_of_the_org_is_stored_as_it_was() -> None:
    stored = '{"b":1,  "a": "beta: 2"}'
    assert SAID.cut_stored(stored) is stored


def test_a_log_is_covered_in_its_length_with_names_or_without() -> None:
    text = 'x - acme: done\nacme: "anna.txt" accept\norg_id=acme-two org_id=acme'
    covered = SAID.covered(text, with_names=False)
    assert covered == "x - **********\n***********************\norg_id=acme-two org_id=acme"
    assert SAID.covered(text, with_names=True) == covered[:-4] + "****"

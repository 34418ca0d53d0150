"""Every rule that is a record reads its own examples and leaves the others alone."""

import re
from dataclasses import replace
from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet

from sgd_assets.canon.facts.rule import Rule
from sgd_assets.canon.fonts import specimen_rules, use_rules
from sgd_assets.canon.logo import sentences, space
from sgd_assets.canon.sides import behind_the_verb, imperatives, labels, lead_ins, obligations, preferences, rejected

ROOMS: dict[str, tuple[Rule[Any], ...]] = {
    "specimens": specimen_rules.RULES,
    "uses of type": use_rules.RULES,
    "logo": sentences.RULES,
    "space": space.RULES,
    "labels": labels.RULES,
    "lead-ins": lead_ins.RULES,
    "imperatives": imperatives.RULES,
    "obligations": obligations.RULES,
    "behind the verb": behind_the_verb.RULES,
    "preferences": preferences.RULES,
    "rejected": rejected.RULES,
}


def examples(attribute: str) -> list[ParameterSet]:
    return [
        pytest.param(rule, text, id=f"{rule.name}: {text[:40]}")
        for rules in ROOMS.values()
        for rule in rules
        for text in getattr(rule, attribute)
    ]


@pytest.mark.parametrize(("rule", "text"), examples("reads"))
def test_a_rule_reads_its_examples(rule: Rule[Any], text: str) -> None:
    assert rule.reads_text(text)


@pytest.mark.parametrize(("rule", "text"), examples("leaves"))
def test_a_rule_leaves_the_others_alone(rule: Rule[Any], text: str) -> None:
    assert not rule.reads_text(text)


def test_each_rule_has_a_name_of_its_own_examples_and_words_for_people() -> None:
    rules = [rule for rules in ROOMS.values() for rule in rules]
    assert len({rule.name for rule in rules}) == len(rules)
    assert all(rule.reads and rule.leaves and rule.words for rule in rules)


def test_a_guard_counts_up_to_the_end_of_what_is_met_and_a_need_anywhere() -> None:
    rule = Rule[str](
        name="made", told="x", words="made", pattern=re.compile("cut"), guard=re.compile("if"),
        needs=re.compile("logo"), most=30, reads=(), leaves=(),
    )  # fmt: skip
    assert rule.reads_text("cut if you like the logo")
    assert not rule.reads_text("if you cut the logo")
    assert not rule.reads_text("cut the cloth")
    assert not rule.reads_text("cut the logo " + "x" * 30)
    assert not replace(rule, unless=re.compile("paper")).reads_text("cut the logo of paper")

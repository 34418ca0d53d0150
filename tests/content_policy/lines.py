"""The lines of the sets, and how many of them the policy judges rightly."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sgd_assets.renders.content.policy import ContentPolicy, content_policy
from sgd_assets.renders.content.screen import broken_rule

SETS = ("first", "second", "third", "fourth", "fifth")


@dataclass(frozen=True)
class Line:
    """One line; `category` is the rule that must block it, None where any may, or what it only looks like."""

    category: str | None
    language: str
    text: str


@dataclass(frozen=True)
class JudgedSet:
    """What was blocked rightly, what was missed, and what was blocked though it is harmless."""

    hits: Sequence[Line]
    missed: Sequence[Line]
    wrong: Sequence[Line]
    other_rule: Sequence[Line]
    """Blocked, by another category than theirs."""

    @property
    def precision(self) -> float:
        """Right blocks of all blocks."""
        return len(self.hits) / ((len(self.hits) + len(self.wrong)) or 1)

    @property
    def recall(self) -> float:
        """Right blocks of all that must be blocked."""
        return len(self.hits) / ((len(self.hits) + len(self.missed)) or 1)


def read_lines(name: str) -> tuple[list[Line], list[Line]]:
    """(must be blocked, must pass) of a set."""
    found = json.loads(Path(__file__).with_name(f"{name}.json").read_text("utf-8"))
    return [Line(**one) for one in found["blocked"]], [Line(**one) for one in found["benign"]]


def judged(name: str, policy: ContentPolicy | None = None) -> JudgedSet:
    """A set under a policy, the shipped one by default."""
    used = policy or content_policy()
    bad, good = read_lines(name)
    rules = {one: broken_rule(one.text, used) for one in (*bad, *good)}
    return JudgedSet(
        [one for one in bad if rules[one]],
        [one for one in bad if not rules[one]],
        [one for one in good if rules[one]],
        [one for one in bad if rules[one] and one.category not in (None, rules[one])],
    )

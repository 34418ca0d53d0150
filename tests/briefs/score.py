"""Judges briefs beside what is right, element by element, and adds a whole set up.

What must not live here: how a single element is judged (`copy_words.py`, `wishes.py`), or pictures (`readback.py`).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.briefs.copy_words import judge_copy, printed
from tests.briefs.truths import Entry
from tests.briefs.verdict import Judged, Verdict
from tests.briefs.wishes import judge_wishes
from tests.briefs.words import holds


@dataclass(frozen=True)
class EntryScore:
    """One brief judged; `leaked` are words to the designer that would be printed."""

    id: str
    judged: list[Judged]
    leaked: list[str]

    @property
    def faults(self) -> list[Judged]:
        """The elements that are not right."""
        return [each for each in self.judged if each.verdict != Verdict.RIGHT]


@dataclass(frozen=True)
class SetScore:
    """A set judged."""

    entries: list[EntryScore]

    @property
    def verdicts(self) -> Counter[Verdict]:
        """How many elements are right, wrong, missing, invented."""
        return Counter(each.verdict for entry in self.entries for each in entry.judged)

    @property
    def right_share(self) -> float:
        """Right elements of all, 0 to 1; what was invented counts among all."""
        return self.verdicts[Verdict.RIGHT] / (self.verdicts.total() or 1)

    @property
    def leaking(self) -> list[EntryScore]:
        """The entries in which words to the designer would be printed."""
        return [entry for entry in self.entries if entry.leaked]


def score_brief(entry: Entry, brief: Mapping[str, Any]) -> EntryScore:
    """One brief, of the shape that `right` has, beside what is right for its entry."""
    judged = [*judge_copy(entry.right, brief), *judge_wishes(entry.right, brief)]
    texts = printed(brief)
    leaked = [each for each in entry.right["must_not_print"] if any(holds(text, each) for text in texts)]
    return EntryScore(entry.id, judged, leaked)


def score_set(entries: list[Entry], briefs: Mapping[str, Mapping[str, Any]]) -> SetScore:
    """All entries; one without a brief has all its elements missing or as an empty brief has them."""
    return SetScore([score_brief(entry, briefs.get(entry.id, {})) for entry in entries])

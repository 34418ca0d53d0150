"""Judges the words that a brief wants printed.

What must not live here: everything else that a brief says (`wishes.py`).
"""

from collections.abc import Mapping
from typing import Any

from tests.briefs.truths import SLOTS
from tests.briefs.verdict import Judged, Verdict, one_of
from tests.briefs.words import bare, exact, made_of


def judge_copy(right: Mapping[str, Any], brief: Mapping[str, Any]) -> list[Judged]:
    """Each element of the copy, and each that nobody gave; one element `copy` where there is rightly none."""
    return _Copy(right, brief).judged()


def printed(brief: Mapping[str, Any]) -> list[str]:
    """All words that a brief would print: its copy, who said it, and texts that an edit sets."""
    copy = brief.get("copy") or {}
    texts = [copy[slot] for slot in copy if slot != "extra"] + list(copy.get("extra") or [])
    edits = [edit.get("value") for edit in brief.get("edits") or [] if edit.get("element") in SLOTS]
    return [str(text) for text in [*texts, brief.get("attribution"), *edits] if text]


class _Copy:
    def __init__(self, right: Mapping[str, Any], brief: Mapping[str, Any]) -> None:
        got = brief.get("copy") or {}
        self.right = right["copy"]
        self.extras: list[str] = list(self.right.get("extra", []))
        self.got = {slot: str(text) for slot, text in got.items() if slot != "extra" and text}
        self.got_extras = [str(text) for text in got.get("extra") or [] if text]
        self.caseless = "case" in right.get("placement", {})
        self.quoted = "attribution" in right
        self.allowed = [*right.get("may_print", []), *printed({"edits": right.get("edits", [])})]

    def judged(self) -> list[Judged]:
        slots = [self._slot(slot) for slot in SLOTS if slot in self.right]
        invented = self._invented()
        if not self.right and not invented:
            return [Judged("copy", Verdict.RIGHT)]
        return [*slots, *self._extras(), *invented]

    def _slot(self, slot: str) -> Judged:
        expected, got = self.right[slot], self.got.get(slot, "")
        return one_of(slot, expected, got, same=self._same(expected, got) or (slot == "headline" and self._joined()))

    def _joined(self) -> bool:
        """Lines without a label may be one headline of several lines."""
        lines = [self.right.get("headline", ""), *self.extras]
        return bool(self.extras) and self._same(" ".join(lines), self.got.get("headline", ""))

    def _extras(self) -> list[Judged]:
        """In a free slot an extra may stand anywhere; in the list of extras their order counts."""
        judged, last = [], -1
        free = [self._form(text) for text in self._lines_of_free_slots()]
        listed = [self._form(text) for text in self.got_extras]
        for number, expected in enumerate(self.extras):
            form = self._form(expected)
            place = listed.index(form) if form in listed else -1
            same = self._joined() or form in free or place > last
            last = max(last, place)
            judged.append(one_of(f"extra[{number}]", expected, form if place >= 0 else "", same=same))
        return judged

    def _lines_of_free_slots(self) -> list[str]:
        texts = [text for slot, text in self.got.items() if slot not in self.right]
        return texts + [line for text in texts for line in text.splitlines()]

    def _invented(self) -> list[Judged]:
        expected = [self._form(text) for text in self.extras]
        given = [(slot, text) for slot, text in self.got.items() if slot not in self.right]
        given += [(f"extra[{number}]", text) for number, text in enumerate(self.got_extras)]
        return [
            Judged(slot, Verdict.INVENTED, None, text)
            for slot, text in given
            if not all(self._form(line) in expected for line in text.splitlines())
            and self._form(text) not in expected
            and not made_of(text, self.allowed)
        ]

    def _same(self, one: str, other: str) -> bool:
        return self._form(one) == self._form(other)

    def _form(self, text: str) -> str:
        plain = bare(text) if self.quoted else exact(text)
        return plain.casefold() if self.caseless else plain

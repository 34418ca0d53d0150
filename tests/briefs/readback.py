"""Judges the words that are read back from a picture, as recognised lines.

What must not live here: the recognising itself, or what a plan claims to have set.
"""

from dataclasses import dataclass

from tests.briefs.copy_words import printed
from tests.briefs.truths import SLOTS, Entry
from tests.briefs.verdict import Verdict
from tests.briefs.words import holds, likeness

READ_LIKENESS = 0.85  # recognised letters are rarely all right


@dataclass(frozen=True)
class ReadBack:
    """Which words stand on the picture, which must not, and lines that nothing explains (a logo's words, mostly)."""

    elements: dict[str, Verdict]
    leaked: list[str]
    unexplained: list[str]


def score_lines(entry: Entry, lines: list[str]) -> ReadBack:
    """The recognised lines, in reading order, beside the words that were asked for."""
    wanted = wanted_words(entry)
    known = [*wanted.values(), *entry.right["may_print"]]
    return ReadBack(
        elements={name: Verdict.RIGHT if is_read(text, lines) else Verdict.MISSING for name, text in wanted.items()},
        leaked=[each for each in entry.right["must_not_print"] if _leaked(each, lines, known)],
        unexplained=[line for line in lines if not any(likeness(line, text) >= READ_LIKENESS for text in known)],
    )


def wanted_words(entry: Entry) -> dict[str, str]:
    """Each text that must be read on the picture, by the name of its element."""
    copy = entry.right["copy"]
    wanted = {slot: copy[slot] for slot in SLOTS if slot in copy}
    wanted |= {f"extra[{number}]": text for number, text in enumerate(copy.get("extra", []))}
    wanted |= {
        f"edits.{edit['element']}": edit["value"] for edit in entry.right.get("edits", []) if printed({"edits": [edit]})
    }
    return wanted | ({"attribution": entry.right["attribution"]} if "attribution" in entry.right else {})


def is_read(text: str, lines: list[str]) -> bool:
    """Somewhere in the lines read in order, or in its own lines alone where columns mix them."""
    own = [line for line in lines if likeness(line, text) >= READ_LIKENESS]
    return any(likeness(text, " ".join(read)) >= READ_LIKENESS for read in (lines, own))


def _leaked(phrase: str, lines: list[str], known: list[str]) -> bool:
    """A phrase much like words that may stand there must be read letter by letter to count."""
    whole = " ".join(lines)
    if any(likeness(phrase, text) >= READ_LIKENESS for text in known):
        return holds(whole, phrase)
    return likeness(phrase, whole) >= READ_LIKENESS

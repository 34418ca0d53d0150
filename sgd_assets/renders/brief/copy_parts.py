"""Puts words in their parts: labelled ones where the label says, the others by order and by their look.

From labelled quotations and lines to `BriefCopy`. What must not live here: finding them (`labelled/`).
"""

from collections.abc import Iterable, Sequence

from sgd_assets.renders.brief.looks import look_of
from sgd_assets.renders.brief.model import LEFT_OUT, BriefCopy

_SLOTS = ("headline", "body", "call_to_action", "date", "price", "url", "legal")
_MOST_EXTRA = 8  # as the request's field `copy` takes


def copy_of(pieces: Iterable[tuple[str | None, str]]) -> tuple[BriefCopy, tuple[str, ...]]:
    """The copy made of (label, words) in the order of reading, and what found no place.

    A label `text`, or none, leaves the part open: the first such words are the headline, where no label names one.
    """
    slots: dict[str, str] = {}
    extra: list[str] = []
    is_open: list[str] = []
    given = list(pieces)
    has_headline = any(label == "headline" for label, _ in given)
    for label, words in given:
        if label == "text" and has_headline and "body" not in slots and not any(other == "body" for other, _ in given):
            slots["body"] = words
        elif label in _SLOTS:
            if label in slots:
                extra.append(words)
            else:
                slots[str(label)] = words
        elif label == "extra":
            extra.append(words)
        else:
            is_open.append(words)
    _fill(slots, extra, is_open)
    lines = tuple(extra)
    left_out = tuple(f"{LEFT_OUT}{words}: no room among the extra lines" for words in lines[_MOST_EXTRA:])
    return BriefCopy(**slots, extra=lines[:_MOST_EXTRA]), left_out


def _fill(slots: dict[str, str], extra: list[str], words: Sequence[str]) -> None:
    """Words without a label: headline, then body where there is one more, then by their look."""
    rest = list(words)
    if rest and "headline" not in slots:
        slots["headline"] = rest.pop(0)
    is_single = len(rest) == 1
    plain = sum(look_of(line) is None for line in rest)
    for line in rest:
        look = look_of(line)
        if look == "date" and is_single and "body" not in slots:
            look = None
        if look and look not in slots:
            slots[look] = line
        elif not look and "body" not in slots and (is_single or plain <= 2):
            slots["body"] = line
        else:
            extra.append(line)

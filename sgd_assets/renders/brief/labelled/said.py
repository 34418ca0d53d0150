"""Words that a sentence gives without quotation marks: "that says Free coffee", "the button says Book", "Under it: Z".

They begin with a capital or a figure, or behind a colon, and end with their sentence, or where it goes on about
another part, a picture or a look. What must not live here: `Label: value` (`label_lines.py`), or terms
(`vocabulary/saying.py`).
"""

import re
from typing import NamedTuple

from sgd_assets.renders.brief.facts.clauses import is_command, speaks_to_designer
from sgd_assets.renders.brief.facts.typed import is_named_fact, typed_values
from sgd_assets.renders.brief.instruction import BLANK, Instruction
from sgd_assets.renders.brief.labelled.label_lines import LabelledWords, led
from sgd_assets.renders.brief.labelled.particulars import listed_particulars
from sgd_assets.renders.brief.labelled.standing import is_scene
from sgd_assets.renders.brief.labelled.written import look_start, written_words
from sgd_assets.renders.brief.lexicon import Hit
from sgd_assets.renders.brief.vocabulary.saying import IS, SAYS, THAT_SAYS, UNDER

_COLON = re.compile(r"\s?[:：]\s*")
_COMMA = re.compile(r"[,;]\s|\s[-–—]\s|\s\(")
_STEHT = re.compile(
    r"(?:,\s+auf (?:dem|der|denen|welchem|welcher)|,?\s+waarop)\s+((?:[A-ZÄÖÜ]|\d)[^,.;:!?\n]*?)"
    r"\s+(?:steht|stehen|staat|staan)\s*(?=[.,;!?\n]|$)"
)
_VERB_LAST = re.compile(r"\s+(?:steht|stehen|staat|staan)\s*$")
_LEAST_BETWEEN = 3  # words: "auf dem Anna steht" is a person
_MOST = 400  # characters
_TRAILING = " \t\u00a0,;"
_GOES_ON = ("part", "image", "thing", "case")
_PLAIN = ("when", "act", "fine", "who", "the", "link", "join", "as", "on")
"""Terms with which words of a picture may begin behind a weak verb."""


def _listed(terms: str) -> str:
    return "|".join(
        re.escape(term.strip()).replace(r"\ ", r"\s+").replace("'", "['’]")
        for term in sorted({*terms.split(",")}, key=len, reverse=True)
    )


_SAYS = re.compile(rf"\s*(?<!\w)(?:{_listed(SAYS)})(?!\w)", re.I)
_IS = re.compile(rf"\s*(?<!\w)(?:{_listed(IS)})(?!\w)", re.I)
_THAT_SAYS = re.compile(rf"(?<!\w)(?:{_listed(THAT_SAYS)})(?!\w)", re.I)
_UNDER = re.compile(rf"[\s*•-]*(?:{_listed(UNDER)})(?!\w)", re.I)


class Said(NamedTuple):
    """Words said, in order, and every stretch of what says them and the words."""

    words: tuple[LabelledWords, ...]
    spans: tuple[tuple[int, int], ...]


def said_words(told: Instruction, labelled: tuple[tuple[int, int], ...] = ()) -> Said:
    """What the sentences of an instruction say is on the picture.

    Args:
        told: the instruction.
        labelled: stretches of labels with their words; within them a sentence of its own alone can say more.
    """
    begins = {span.start + _lead(told.text[span.start : span.end]) for span in told.sentences}
    found: list[LabelledWords] = []
    spans: list[tuple[int, int]] = []
    for written in written_words(told):
        if not any(start < written.start < end for start, end in labelled):
            found.append(written)
            spans.append((written.start, written.end))
    for label, first, begin, is_sure in sorted(_openings(told), key=lambda each: (each[1], -each[2])):
        if any(start <= begin < end for start, end in spans):
            continue
        if first not in begins and any(start < first < end for start, end in labelled):
            continue
        words = _words(told, label, begin, is_sure=is_sure)
        if words is None:
            continue
        listed = listed_particulars(told, words.start, _sentence_end(told, words.start)) if is_sure else None
        if listed is not None:
            cut, particulars = listed
            shorter = told.raw[words.start : min(cut, words.end)].rstrip(_TRAILING)
            words = LabelledWords(label, shorter, words.start, words.start + len(shorter))
            found += particulars
            spans += [(each.start, each.end) for each in particulars]
        found.append(words)
        spans.append((first, words.end))
    return Said(tuple(sorted(found, key=lambda each: each.start)), tuple(sorted(spans)))


def _openings(told: Instruction) -> list[tuple[str, int, int, bool]]:
    """(part, where it begins, where its words begin, whether nothing but words can follow) of what may say words."""
    found: list[tuple[str, int, int, bool]] = []
    for hit in told.hits:
        if hit.kind == "part" and hit.value not in ("by", "extra") and not _is_seen(told, hit.start):
            found += _of_part(told, hit)
        is_thing = (hit.kind, hit.value) in (("ask", "thing"), ("image", "any"))
        if is_thing and (says := _SAYS.match(told.text, hit.end)) and not _is_seen(told, hit.start):
            found.append(("text", hit.start, says.end(), True))
    for match in _THAT_SAYS.finditer(told.text):
        if _has_subject(told, match.start(), match.end()):
            found.append(("text", match.start(), match.end(), True))
    for match in _STEHT.finditer(told.text):
        if len(match[1].split()) >= _LEAST_BETWEEN and not is_scene(told, match.start(1), match.end(1)):
            found.append(("text", match.start(), match.start(1) - 1, True))
    for sentence in told.sentences:
        under = _UNDER.match(told.text, sentence.start, sentence.end)
        if under and (_COLON.match(told.text, under.end()) or under.group().split()[-1].lower() in ("steht", "staat")):
            found.append(("text", sentence.start + _lead(told.text[sentence.start :][:8]), under.end(), True))
    return found


def _of_part(told: Instruction, hit: Hit) -> list[tuple[str, int, int, bool]]:
    """A part that says, or that is: "the headline should read", "the button is", "add the button"."""
    says = _SAYS.match(told.text, hit.end)
    if says:
        return [(hit.value, led(told, hit.start), says.end(), True)]
    if hit.value == "text":
        return []
    before = told.within(max(0, hit.start - 12), hit.start, "the", "join", "ask", "edit")
    if not before or told.text[before[-1].end : hit.start].strip():
        return []
    match = _IS.match(told.text, hit.end)
    if match:
        return [(hit.value, led(told, hit.start), match.end(), False)]
    return [(hit.value, led(told, hit.start), hit.end, False)] if hit.value == "call_to_action" else []


def _words(told: Instruction, label: str, begin: int, *, is_sure: bool) -> LabelledWords | None:
    colon = _COLON.match(told.text, begin)
    if colon and not is_sure:
        return None  # a label's
    start = colon.end() if colon else begin + _lead(told.text[begin : begin + 4])
    first = told.text[start : start + 1]
    if start == begin or not first or not (first.isupper() or first.isdigit() or (colon and first.isalpha())):
        return None
    hits = told.within(start, start + 1)
    is_act = any(hit.kind == "act" for hit in hits)
    if not is_sure and not is_act and any(hit.kind not in _PLAIN for hit in hits):
        return None
    end = _end(told, start, is_sure=is_sure)
    words = _VERB_LAST.sub("", told.raw[start:end]).rstrip(_TRAILING)
    if len(words) < 2 or len(words) > _MOST or BLANK in told.text[start:end] or is_command(told, start, end):
        return None
    if any(hit.kind == "image" and hit.start <= start + 1 for hit in told.within(start, end)):
        return None
    return LabelledWords(label, words, start, start + len(words))


def _end(told: Instruction, start: int, *, is_sure: bool) -> int:
    """Where words end: with their sentence, or before what the sentence goes on with."""
    sentence = next(span for span in told.sentences if span.start <= start < span.end)
    end = sentence.end
    if told.text[end : end + 1] in ("!", "?", "…"):
        end += len(told.text[end:]) - len(told.text[end:].lstrip("!?…"))
    for match in _COMMA.finditer(told.text, start, end):
        stop = _COMMA.search(told.text, match.end(), end)
        is_wish = speaks_to_designer(told, match.end(), stop.start() if stop else end, is_running=True)
        if is_wish or is_named_fact(told, match.end(), typed_values(told)):
            end = match.start()
            break
        if not is_sure and match.group()[0] in ",;":
            end = match.start()
            break
    for joint in told.within(start + 1, end, "join", "as", "on", "not"):
        following = [hit for hit in told.within(joint.end, end) if hit.kind not in ("the", "other", "only")]
        named = following[0] if following else None
        gap = len(told.text[joint.end : named.start].split()) if named else 0
        if named is None or gap > 1:
            continue
        is_look = not gap and (named.kind in ("case", "align") or (named.kind == "thing" and named.value != "colours"))
        is_other = joint.kind in ("join", "as") and named.kind in _GOES_ON and named.value != "text"
        if is_other or is_look:
            return joint.start
    return look_start(told, start, end, is_told=False) if is_sure else end


def _has_subject(told: Instruction, start: int, end: int) -> bool:
    """Whether it is the picture that says it: a poster, an ad; not a person in a photo."""
    return not _is_seen(told, start) and (
        bool(_COLON.match(told.text, end))
        or not told.text[_sentence(told, start) : start].strip()
        or told.text[start : start + 2].lower() == "it"
        or any(hit.kind == "ask" and hit.value == "thing" for hit in told.within(_sentence(told, start), start))
        or any(hit.kind == "image" for hit in told.within(_sentence(told, start), start))
    )


def _is_seen(told: Instruction, place: int) -> bool:
    """Whether what stands before in the sentence is a picture that is described."""
    hits = told.within(_sentence(told, place), place, "image", "join", "show")
    last = [hit for hit in hits if hit.kind == "show" or (hit.kind == "image" and hit.value != "any")]
    return bool(last) and not any(hit.kind == "join" and hit.start > last[-1].start for hit in hits)


def _sentence_end(told: Instruction, place: int) -> int:
    return next((span.end for span in told.sentences if span.start <= place < span.end), len(told.text))


def _sentence(told: Instruction, place: int) -> int:
    return next((span.start for span in told.sentences if span.start <= place < span.end), place)


def _lead(text: str) -> int:
    return len(text) - len(text.lstrip())

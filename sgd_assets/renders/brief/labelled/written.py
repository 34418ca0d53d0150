"""Words behind a verb of writing, without quotation marks: "Write Happy New Year", "put Happy New Year on it".

They begin with a capital or a figure; in scripts without capitals they hold no term of the vocabulary. What must not
live here: words that the picture itself says (`said.py`).
"""

import re
from collections.abc import Iterator

from sgd_assets.renders.brief.facts.clauses import is_command, speaks_to_designer
from sgd_assets.renders.brief.instruction import BLANK, Instruction, Span
from sgd_assets.renders.brief.labelled.label_lines import LabelledWords
from sgd_assets.renders.brief.vocabulary.saying import (
    HOW_LARGE,
    LETTERS,
    ON_IT,
    PUTS,
    WRITES,
    WRITTEN_BEFORE,
    WRITTEN_BEHIND,
)

_COMMA = re.compile(r"[,;]\s|\s[-–—]\s|\s\(")
_LEADS = ("ask", "join", "only", "link", "edit", "the", "as")
_MEANS = ("part", "thing", "image", "set", "case", "align")
_LABELS = ("headline", "body", "call_to_action", "text", "legal", "extra")
_MOST_WORDS, _MOST = 12, 120  # words, characters
_SMALL = 3  # letters of a word that Title Case leaves small: "Night of the Arts"


def _either(terms: str) -> str:
    listed = sorted({term.strip() for term in terms.split(",")}, key=len, reverse=True)
    return "|".join(re.escape(term).replace(r"\ ", r"\s+") for term in listed)


_WRITES = re.compile(
    rf"(?<!\w)(?P<put>{_either(PUTS)})?(?(put)|(?:{_either(WRITES)}))(?!\w)"
    rf"(?:(?:\s+(?:{_either(ON_IT)}))?\s?[:：]\s*|\s+)",
    re.I,
)
_ON_IT = re.compile(rf"\s+(?:{_either(ON_IT)})(?!\w)", re.I)
_BEFORE = re.compile(WRITTEN_BEFORE, re.I)
_BEHIND = re.compile(WRITTEN_BEHIND)
_SIZED = re.compile(rf"(?<!\w)(?:{_either(f'{HOW_LARGE}, {LETTERS}')})(?!\w)", re.I)
_UPON = re.compile(r"\s+(?:über|quer|all|right|groß|gross)\s*$", re.I)


def written_words(told: Instruction) -> tuple[LabelledWords, ...]:
    """What an instruction tells to write, in order."""
    found: list[LabelledWords] = []
    for sentence in told.sentences:
        for begin, end in _written(told, sentence):
            words = told.raw[begin:end].strip(" \t\u00a0,;")
            first = begin + len(told.raw[begin:end]) - len(told.raw[begin:end].lstrip())
            if _is_copy(told, first, first + len(words)):
                found.append(LabelledWords("text", words, first, first + len(words)))
    return tuple(found)


def look_start(told: Instruction, start: int, end: int, *, is_told: bool) -> int:
    """Where words give way to how they look or where they stand: "in gold", "on it", "at the top"; else `end`.

    Args:
        told: the instruction.
        start: where the words begin.
        end: where their clause ends.
        is_told: the words stand behind an order to write; else they end so only where all are written with capitals.
    """
    for joint in told.within(start + 1, end, "on", "as", "join", "link"):
        before = told.text[start : joint.start].rstrip()
        tail = told.text[joint.end : end]
        is_small = tail.strip()[:1].islower() and (told.languages[0] == "de" or tail == tail.lower())
        if not before or not is_small or not (is_told or _is_title(before)):
            continue
        if _is_look(told, joint.end, end):
            return start + len(before)
    return end


def _written(told: Instruction, sentence: Span) -> Iterator[tuple[int, int]]:
    if told.languages[0] in ("tr", "ja", "ko", "hi"):
        match = _BEFORE.match(told.text, sentence.start, sentence.end)
        if match is not None and match.lastgroup is not None:
            begin, end = match.span(match.lastgroup)
            begin = max([begin, *(hit.end for hit in told.within(begin, end, "on"))])
            yield begin, end
        return
    if told.languages[0] == "zh":
        if match := _BEHIND.search(told.text, sentence.start, sentence.end):
            yield match.span("zh")
        return
    for match in _WRITES.finditer(told.text, sentence.start, sentence.end):
        if not _is_order(told, sentence, match.start()):
            continue
        end = _clause_end(
            told, match.end(), sentence.end, is_asked=bool(told.text[sentence.start : match.start()].strip())
        )
        on_it = _ON_IT.search(told.text, match.end(), end)
        if on_it:
            end = match.end() + len(_UPON.sub("", told.text[match.end() : on_it.start()]))
        elif match["put"]:
            end = _artefact_start(told, match.end(), end)
        if end > match.end():
            yield match.end(), look_start(told, match.end(), end, is_told=True)
            return


def _is_order(told: Instruction, sentence: Span, place: int) -> bool:
    """Whether a verb begins its clause: nothing before it there but "please", "and", "just"."""
    before = told.text[sentence.start : place]
    if not before.strip(" \t\u00a0*-•–—>") or before.rstrip()[-1:] in (",", ":", "：", "，", "-", "–"):
        return True
    last = [hit for hit in told.within(sentence.start, place, *_LEADS) if hit.end <= place]
    if not last or told.text[last[-1].end : place].strip() or last[-1].value == "thing":
        return False
    joined = max((hit.end for hit in last if hit.kind == "join"), default=sentence.start)
    subjects = told.within(joined, place, "part", "thing", "ask")
    return not any(hit.kind != "ask" or hit.value == "thing" for hit in subjects)  # "the title must say"


def _clause_end(told: Instruction, start: int, end: int, *, is_asked: bool) -> int:
    """Where the clause ends: at its sentence's end, before a wish, or before another order.

    The mark at its end is the words' own, but for that of a question to the designer: "Can you write Hello?".
    """
    marks = "!…" if is_asked else "!?…"
    end += len(told.text[end:]) - len(told.text[end:].lstrip(marks))
    for match in _COMMA.finditer(told.text, start, end):
        stop = _COMMA.search(told.text, match.end(), end)
        last = stop.start() if stop else end
        if speaks_to_designer(told, match.end(), last, is_running=True) or told.text[match.end()].islower():
            return match.start()
    for joint in told.within(start + 1, end, "join"):
        behind = [hit for hit in told.within(joint.end, end) if hit.kind != "the"]
        if behind and behind[0].kind in ("ask", "edit", *_MEANS) and told.text[behind[0].start].islower():
            return joint.start
    return end


def _artefact_start(told: Instruction, start: int, end: int) -> int:
    """Where "on the poster", "at the top" begins; `start` where nothing is named that words are put on."""
    for joint in told.within(start + 1, end, "on", "as", "place"):
        named = told.within(joint.start, end)
        if any((hit.kind, hit.value) in (("ask", "thing"), ("image", "any")) for hit in named):
            return joint.start
    return start


def _is_look(told: Instruction, start: int, end: int) -> bool:
    """Whether a stretch is nothing but colour, place, letters or the picture itself, with articles."""
    hits = told.within(start, end)
    is_one = any(
        hit.kind in ("colour", "role", "place", "case", "align")
        or (hit.kind, hit.value) in (("ask", "thing"), ("image", "any"), ("thing", "gradient"), ("thing", "font"))
        for hit in hits
    )
    rest = list(told.text[start:end])
    for hit in hits:
        rest[hit.start - start : hit.end - start] = " " * (hit.end - hit.start)
    is_sized = _SIZED.search("".join(told.text[start:end])) is not None
    left = _SIZED.sub(" ", "".join(rest)).split()
    return (is_one or is_sized) and len([word for word in left if any(c.isalnum() for c in word)]) <= (
        1 if is_one else 0
    )


def _is_title(words: str) -> bool:
    return all(word[:1].isupper() or not word[:1].isalpha() or len(word) <= _SMALL for word in words.split())


def _is_copy(told: Instruction, start: int, end: int) -> bool:
    """Whether words behind an order to write are the words, and do not describe them: "write Texts for us"."""
    words = told.text[start:end]
    if len(words) < 2 or len(words) > _MOST or len(words.split()) > _MOST_WORDS or BLANK in words:
        return False
    has_case = any(c.isupper() or c.islower() for c in words)
    means = [hit for hit in told.within(start, end) if hit.kind in _MEANS or (hit.kind, hit.value) == ("ask", "thing")]
    if not has_case:
        return not told.within(start, end, *_MEANS, "ask", "place", "mood", "colour", "the")
    if not (words[0].isupper() or words[0].isdigit()) or is_command(told, start, end):
        return False
    if told.languages[0] == "tr" and not _is_title(words):
        return False
    if told.languages[0] == "de" and any(hit.kind == "link" for hit in told.within(start, end)):
        return False
    first = next((hit for hit in means if hit.start == start), None)
    if first is not None and (first.value in _LABELS or len(words.split()) < 2):
        return False  # "Write Text", "write Headline Open day"
    is_german = told.languages[0] == "de"
    return not any(is_german or told.text[hit.start].islower() for hit in means) and (first is None or _is_title(words))

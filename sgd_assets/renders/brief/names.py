"""The name of what a picture announces, where the instruction says it without quotation marks, and its date.

"Poster for the Open Studio Night on 12 May": only the noun phrase is taken, never the command, and only where it is
plainly the thing announced. What must not live here: quoted or labelled words.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sgd_assets.renders.brief.instruction import BLANK, Instruction, Span
from sgd_assets.renders.brief.lexicon import UNSPACED, Hit

_STOP = re.compile(r"[,;:.!?()\n\r、，。।；！？،؛|" + BLANK + r"]|\s[-–—]\s")
_CONNECTORS = (
    "of the for and & de du des la le les del della dello dei delle di e y et van den der von und i og och do da"
    " das dos a à en el los las l d to at by z na w we"
)
_JOINT = re.compile(
    r"\s+(?:on|at|from|in|with|for|by|during|starting|until|am|im|in|bei|mit|ab|vom|an|auf|chez|avec|"
    r"à|en|con|dal|met|bij|med|på|i|w|z|v|s)\s"
)
_GERMAN_END = re.compile(r"\s+(?:am|im|in|bei|mit|auf|vom|ab|an|über|unter|zwischen|nach|vor|um|bis|als|aus)(?=\s|$)")
_TRAILING = re.compile(
    r"\s+(?:on|at|in|by|of|to|from|until|the|an?|am|vom|le|la|les|el|il|em|no|na|du|de|del|dal|den|der|dem|op|på|om|fra|från|"
    r"vanaf|od|w|v|z|i|y|e|et|and)$"
)
_DAY_BEFORE = re.compile(
    r"(?:(?:\d{1,2}\.?\s*(?:al|à|au|-|–|bis|to|do|tot|till|til|a|e|y|und|and|&)\s*)?\d{1,2}(?:st|nd|"
    r"rd|th|er|º)?\.?\s+(?:de\s+|of\s+)?)$"
)
_DAY_AFTER = re.compile(
    r"(?:\s+\d{1,2}(?:st|nd|rd|th)?\b)?(?:,?\s+(?:de\s+)?\d{4}\b)?(?:,?\s+(?:at\s+)?\d{1,2}[:.]\d{2}\b)?"
)
_EASTERN_DAY = re.compile(r"(?:\d{4}\s*[年년]\s*)?\d{1,2}\s*[月월]\s*\d{1,2}\s*[日일号號](?:\s*[（(][^）)]{1,4}[）)])?")
_MOST_SENTENCES, _FAR = 12, 300  # sentences, and characters of one, that may name what is announced
_MOST_WORDS, _MOST_CHARS = 8, 72  # two lines of a headline on the usual formats
_MOST_WHOLE = 10  # words of a phrase that has no joint to be cut at


_SUFFIXED = {"fi": re.compile(r"ll[ae]\s*$"), "hu": re.compile(r"\w(?:r[ae]|h[oeö]z|n[ae]k|r[óő]l)\s*$")}
_PHRASE_JOINTS = {
    "ru": "в|во|на|с|со|от|у|при|из", "uk": "в|у|на|з|із|від|при", "bg": "в|във|от|с|със|при|до",
    "sr": "у|на|од|са|при|уз", "hr": "u|na|od|s|sa|pri|uz", "sk": "v|vo|na|od|s|so|pri", "pl": "w|we|na|z|ze|od|przy",
    "cs": "v|ve|na|s|se|od|při|z|ze", "ro": "în|la|din|cu|de la", "el": "στο|στη|στην|στις|στον|στα|με|από",
    "vi": "vào|tại|ở|lúc|từ", "fi": "klo", "hu": "ekkor",
}  # fmt: skip
"""Languages that write one capital at the head of a name, and where a name ends in them."""


class Named(NamedTuple):
    """The name and date of what is announced, and the stretches that say so."""

    name: str
    date: str | None
    spans: tuple[tuple[int, int], ...]


def read_name(told: Instruction) -> Named | None:
    """The name of the first thing that is plainly announced, or None where that cannot be told."""
    for sentence in told.sentences[:_MOST_SENTENCES]:
        for start, end in _phrases(told, sentence):
            day = _day(told, start, sentence.end)
            stop = day[0] if day and start <= day[0] < end else end
            if (place := _name(told, start, stop)) is not None:
                first, last = place
                name = told.raw[first:last]
                spans = ((first, last), *((day,) if day else ()))
                return Named(name[:1].upper() + name[1:], told.raw[slice(*day)] if day else None, spans)
    return None


def _phrases(told: Instruction, sentence: Span) -> Iterator[tuple[int, int]]:
    """Stretches that may name what is announced."""
    hits = told.within(sentence.start, min(sentence.end, sentence.start + _FAR))
    things = [hit for hit in hits if hit.kind == "ask" and hit.value == "thing"]
    announced = [hit for hit in hits if hit.kind == "ask" and hit.value == "announce"]
    if told.languages[0] in ("ja", "ko", "zh", "tr", "hi"):
        yield from _phrases_before(told, sentence, things)
        return
    for hit in announced:
        yield hit.end, _end(told, hit.end, sentence.end)
    for thing in things:
        if told.languages[0] in _SUFFIXED:
            yield from _suffixed(told, thing, sentence)
            continue
        links = told.within(thing.end, min(sentence.end, thing.end + 40), "link")
        if (
            links
            and len(told.text[thing.end : links[0].start].split()) <= 2
            and not _STOP.search(told.text, thing.end, links[0].start)
        ):
            yield links[0].end, _end(told, links[0].end, sentence.end)
        elif told.languages[0] in ("ar", "he"):
            yield from _prefixed(told, thing, sentence)
    for thing in things:
        start = max(
            (hit.end for hit in hits if hit.end <= thing.start and hit.kind in ("the", "ask")), default=sentence.start
        )
        if told.text[start : thing.start].strip()[:1].isupper() and start > sentence.start:
            yield start, thing.start


def _prefixed(told: Instruction, thing: Hit, sentence: Span) -> Iterator[tuple[int, int]]:
    """Arabic and Hebrew write "for" as the first letter of the word."""
    end = _end(told, thing.end, sentence.end)
    if match := re.compile(r"\s+(?:[\u0621-\u06ff]+\s+){0,1}?[لل](?=\w{3})|\s+ל(?=\w{3})").match(
        told.text, thing.end, end
    ):
        yield match.end(), end


def _suffixed(told: Instruction, thing: Hit, sentence: Span) -> Iterator[tuple[int, int]]:
    """Finnish and Hungarian write "for" as the ending of the word, or behind it."""
    stop = _STOP.search(told.text, thing.end, sentence.end)
    end = stop.start() if stop else sentence.end
    behind = told.within(thing.end, end, "link")
    end = _end(told, thing.end, behind[0].start if behind else end)
    if behind or _SUFFIXED[told.languages[0]].search(told.text, thing.end, end):
        yield thing.end, end


def _phrases_before(told: Instruction, sentence: Span, things: list[Hit]) -> Iterator[tuple[int, int]]:
    """The name stands before the artefact: 灯台フェスティバルのポスター, 為燈會製作一張海報."""
    for thing in things[:1]:
        begin = max(
            (match.end() for match in _STOP.finditer(told.text, sentence.start, thing.start)), default=sentence.start
        )
        before = told.within(begin, thing.start)
        verbs = [hit for hit in before if hit.kind == "ask" and hit.value == "make"]
        links = [hit for hit in before if hit.kind == "link"]
        leads = [hit for hit in links if told.languages[0] == "zh" and told.text[hit.start : hit.end] not in ("的",)]
        if leads and (behind := [verb for verb in verbs if verb.start > leads[0].end]):
            yield leads[0].end, behind[0].start
            continue
        ends = [hit.start for hit in links if hit.start > begin]
        start = max(
            [
                begin,
                *(
                    hit.end
                    for hit in before
                    if (hit.kind == "the" or hit in verbs) and (not ends or hit.end < ends[-1])
                ),
            ]
        )
        yield start, ends[-1] if ends and ends[-1] > start else thing.start


def _end(told: Instruction, start: int, end: int) -> int:
    stop = _STOP.search(told.text, start, end)
    end = stop.start() if stop else end
    for hit in told.within(start, end):
        if hit.kind in ("join", "on") and any(
            other.kind in ("thing", "mood", "image", "part", "case", "align", "colour", "role", "where")
            for other in told.within(hit.end, min(hit.end + 24, end))
        ):
            return hit.start
        if hit.kind in ("thing", "align", "case", "image") and hit.start > start + 1:
            return hit.start
    return end


def _day(told: Instruction, start: int, end: int) -> tuple[int, int] | None:
    """Where a date with a number stands."""
    if match := _EASTERN_DAY.search(told.text, start, end):
        return match.span()
    for hit in told.within(start, end, "when"):
        before = _DAY_BEFORE.search(told.text[max(start, hit.start - 24) : hit.start])
        after = _DAY_AFTER.match(told.text, hit.end, end)
        first = hit.start - (len(before.group()) if before else 0)
        last = after.end() if after else hit.end
        if any(c.isdigit() for c in told.text[first:last]):
            return first, last
    return None


def _name(told: Instruction, start: int, end: int) -> tuple[int, int] | None:
    """Where the name stands within a phrase; None where the phrase describes, or speaks of readers and channels."""
    determiners = []
    for hit in told.within(start, end, "the"):
        if told.text[start : hit.start].strip(" \u00a0'’"):
            break
        determiners.append(hit.value)
        start = max(start, hit.end)
    first, last = _stripped(told.text, start, end)
    words = told.text[first:last]
    if len(words) < 2 or "a" in determiners:
        return None
    if any(
        hit.kind in ("who", "where", "part", "thing") or (hit.kind, hit.value) == ("ask", "thing")
        for hit in told.within(first, last)
    ):
        return None
    if re.search(f"[{UNSPACED}]", words):
        return (first, last) if 2 <= len(words) <= 24 else None
    if not any(c.isupper() or c.islower() for c in words):
        return (first, last) if len(words.split()) <= 6 else None
    if not words[0].isupper() and not words[0].isdigit() and not determiners:
        return None
    length = _length(told, words)
    return (first, first + length) if length else None


def _length(told: Instruction, words: str) -> int:
    """How much of a phrase is the name; 0 for none."""
    if told.languages[0] == "de":
        joint = _GERMAN_END.search(words)
        words = words[: joint.start()] if joint else words
        return len(words) if len(words.split()) <= _MOST_WORDS and any(c.isupper() for c in words) else 0
    if words[0].isupper() or words[0].isdigit():
        return max(_capitals(words), _phrase(told, words))
    trimmed = words
    while match := _TRAILING.search(trimmed):
        trimmed = trimmed[: match.start()]
    if len(trimmed.split()) >= _MOST_WORDS or len(trimmed) > _MOST_CHARS:
        joint = next((match for match in _JOINT.finditer(trimmed) if len(trimmed[: match.start()].split()) >= 2), None)
        if joint and len(trimmed[: joint.start()].split()) <= _MOST_WORDS:
            return joint.start()
        return len(trimmed) if len(trimmed.split()) <= _MOST_WHOLE else 0
    return len(trimmed)


def _phrase(told: Instruction, words: str) -> int:
    """How much is the name where only its first word has a capital; 0 in other languages and for long phrases."""
    joints = _PHRASE_JOINTS.get(told.languages[0])
    if not joints:
        return 0
    joint = re.search(rf"\s(?:{joints})(?=\s|$)", words)
    words = words[: joint.start()] if joint else words
    return len(words) if len(words.split()) <= _MOST_WORDS and len(words) <= _MOST_CHARS else 0


def _capitals(words: str) -> int:
    """The run of words with a capital or a figure, small connectors between them."""
    reached = 0
    for match in re.finditer(r"[^\s'’]+['’]?", words):
        word = match.group().strip("'’")
        if word[:1].isupper() or word[:1].isdigit() or word == "&":
            reached = match.end()
        elif word.casefold() not in _CONNECTORS.split():
            break
    return len(words[:reached].rstrip(" &'’"))


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    first = start + len(words) - len(words.lstrip(" \t\u00a0'’"))
    return first, max(first, start + len(words.rstrip(" \t\u00a0'’")))

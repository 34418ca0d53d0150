"""Wishes that nothing here draws or sets: codes, arrows, frames, italics, turned words, a partner's logo, sizes in px.

From an instruction and the words that are printed to `what: which` lines, so that whoever cannot do one says so. What
must not live here: wishes of which some can be met (the readers beside this, `plan/wishes.py`).
"""

import re
from collections.abc import Iterator
from functools import cache

from sgd_assets.renders.brief.instruction import BLANK, Instruction
from sgd_assets.renders.brief.labelled.label_lines import label_lines
from sgd_assets.renders.brief.model import Brief
from sgd_assets.renders.brief.vocabulary.beyond import DRAWN, LEADS, OFTEN, PLAIN, REPEATED, TOPICS

_STOP = re.compile(r"[,;:.!?()\n\r" + BLANK + r"]|\s[-–—]\s")
_TOPIC = re.compile(rf"\b(?:{TOPICS})\s+(?:\w+\s+)?$", re.I)
_SIZE = re.compile(r"(?<![\dx×.])(?<![x×]\s)\d{1,4}(?:[.,]\d+)?[\s-]?(?:px|pt|pixels?|píxeles)\b(?!\s?[x×])", re.I)
_GOES_ON = re.compile(
    r"\s*(?:$|[^\w\s]|\w+ing\b|(?:at|in|on|to|that|which|and|or|around|round|under|below|above|with|for|from|next|please|"
    r"bottom|top|left|right|beside|behind|as|so|across|over|near|by|it|would)\b)",
    re.I,
)
"""Behind an English noun that ends its phrase: "a border around it", and no "border collie"."""
_GRADIENT_LANGUAGES = frozenset({"en", "de", "fr", "es", "it", "pt", "nl"})
_OTHER_SENSES = frozenset({"verlopen", "verloop", "forløb"})
_REFUSED_WITHIN = 40  # characters


def beyond_reach(instruction: str, brief: Brief, *, fonts: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Each such wish once, as `what: which`, in the order of the kinds.

    Args:
        instruction: as the request has it.
        brief: its words, of which none is a wish, and its picture's subject, which is no drawing of ours.
        fonts: names, in lower case, of fonts that can be set.
    """
    told = without_words(instruction, brief)
    found = [(kind, match) for kind, match in _matches(told) if not _is_refused(told, match.start())]
    lines = [
        f"{kind}: {match.group()}" for kind, match in found if not (kind == "font" and match[0].casefold() in fonts)
    ]
    lines += [f"gradient: {told.text[start:end]}" for start, end in _gradients(told)]
    return tuple({line.casefold(): line for line in lines}.values())


def without_words(instruction: str, brief: Brief) -> Instruction:
    """What of an instruction may be a wish: neither words of the copy nor the subject of the picture."""
    told = Instruction.read(instruction.strip())
    told = told.without(label_lines(told)[1])
    return told.without(sorted(_printed(told, brief)))


def _printed(told: Instruction, brief: Brief) -> Iterator[tuple[int, int]]:
    """Where words of the copy, or the subject of the picture, stand in the instruction."""
    words = [words for _, words in brief.words.elements()]
    subject = brief.imagery.subject
    # The one word behind "comic" in "Comic Sans" is no subject of a picture.
    is_font = subject is not None and _plain()["font"].search(told.text) is not None and len(subject.split()) == 1
    for stretch in (*words, *([subject] if subject and not is_font else ())):
        for match in re.finditer(re.escape(stretch), told.text, re.I):
            yield match.span()


def _matches(told: Instruction) -> Iterator[tuple[str, re.Match[str]]]:
    for kind, pattern in _plain().items():
        yield from ((kind, match) for match in pattern.finditer(told.text) if not _is_topic(told, match.start()))
    for kind, language, pattern in _drawn():
        if language in told.languages:
            yield from ((kind, match) for match in pattern.finditer(told.text) if _is_wished(told, match, language))
    for match in _repeated().finditer(told.text):
        if told.quotes and not re.match(rf"\s+{OFTEN}\b", told.text[match.end() :], re.I):
            yield "repetition", match
    for match in _SIZE.finditer(told.text):
        if _names_a_part(told, match.start(), match.end()):
            yield "size", match


def _gradients(told: Instruction) -> Iterator[tuple[int, int]]:
    if told.languages[0] not in _GRADIENT_LANGUAGES:
        return
    for hit in told.hits:
        is_one = (hit.kind, hit.value) == ("thing", "gradient")
        is_one = is_one and told.text[hit.start : hit.end].casefold() not in _OTHER_SENSES
        if is_one and not (_is_refused(told, hit.start) or _is_topic(told, hit.start)):
            yield hit.start, hit.end


def _is_topic(told: Instruction, start: int) -> bool:
    return bool(_TOPIC.search(told.text[:start]))


def _is_refused(told: Instruction, start: int) -> bool:
    """ "no borders or frames": a refusing word before it in the clause."""
    first = _clause_start(told, start)
    return bool(told.within(max(first, start - _REFUSED_WITHIN), start, "not"))


def _is_wished(told: Instruction, match: re.Match[str], language: str) -> bool:
    """A thing that the clause leads to, and neither a name nor the first half of another word."""
    if match[0][0].isupper() and language != "de":
        return False
    before = told.text[_clause_start(told, match.start()) : match.start()]
    if not _leads()[language].search(before) or _is_topic(told, match.start()):
        return False
    return language != "en" or bool(_GOES_ON.match(told.text, match.end()))


def _names_a_part(told: Instruction, start: int, end: int) -> bool:
    sentence = next(span for span in told.sentences if span.start <= start < span.end)
    hits = told.within(sentence.start, sentence.end)
    return any(hit.kind == "part" or (hit.kind, hit.value) in (("thing", "logo"), ("thing", "font")) for hit in hits)


def _clause_start(told: Instruction, start: int) -> int:
    return max((match.end() for match in _STOP.finditer(told.text, 0, start)), default=0)


@cache
def _plain() -> dict[str, re.Pattern[str]]:
    return {kind: re.compile(rf"\b(?:{pattern})(?!\w)", re.I) for kind, pattern in PLAIN.items()}


@cache
def _drawn() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple(
        (kind, language, re.compile(rf"\b(?:{pattern})(?!\w)(?!-\w)", re.I))
        for kind, by_language in DRAWN.items()
        for language, pattern in by_language.items()
    )


@cache
def _leads() -> dict[str, re.Pattern[str]]:
    return {language: re.compile(rf"(?:^|\W)(?:{pattern})\s", re.I) for language, pattern in LEADS.items()}


@cache
def _repeated() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{REPEATED})(?!\w)", re.I)

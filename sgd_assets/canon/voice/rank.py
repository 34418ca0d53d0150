"""Which lines of a voice are kept: a page a designer would read, not a manual.

A content style guide may hold hundreds of instructions, from the voice itself to the comma. The rule: instructions of
sections on voice (rank 0) come first, then what the brand says it does and sections on writing, then orthography and
single page parts and lists of words. At most `MOST` dos and `MOST` donts stay; weaker lines only fill up to
their `FILL`. Lines that another one says with words added are left out. What stays keeps its reading order.
What must not live here: reading documents.
"""

import re
from collections.abc import Sequence
from typing import TypeVar

from sgd_assets.canon.facts.claims import DocumentClaims, VoiceClaim

MOST = 24  # more rules than a writer keeps in mind, and what a page can show
FILL = {0: MOST, 1: MOST, 2: 16, 3: 8}
_ENOUGH_RULES = 3  # of language, among a document's own: fewer may be chance
_ENOUGH_OF_A_GUIDE = 4  # one more where only the file's name says that it is a guide
_MANY_RULES = 8  # so many under a voice heading need no words of language
_FEWEST = 4  # words of a whole rule; a tone may be one
_SHORT = 90
"""Characters up to which a line is read at a glance: of equals the shorter goes first."""
_OF_LANGUAGE = re.compile(
    r"(?i)\b(?:language|words?|writ\w+|sentences?|jargon|slang|readers?|users?|audience|say|speak|talk|tones?|voices?|"
    r"grammar|plain|copy|content|messages?|people|you|active|passive|contractions?|humou?r|friendly|clear\w*|simple|"
    r"conversational|formal|informal)\b|\b(?:sprache|wörter|sätze|satz|texte|schreib\w+|formulier\w+|duzen|mots|phrases|"
    r"langage|lecteurs?|écri\w+|rédig\w+|vous|ton|voix|palabras|frases|lenguaje|escri\w+|tono|voz|voces|parole|frasi|"
    r"linguaggio|scriv\w+|voce|palavras|linguagem|escrev\w+|tom|woorden|zinnen|taal|schrijf\w*|toon)\b"
)
_OF_SPELLING = re.compile(
    r"(?i)\b(?:capitali[sz]\w*|(?:lower|upper|camel|snake|kebab|title|sentence)[- ]?case\w*|formatted|spelled|spelt|"
    r"hyphenated)\b"
)
"""How a name or a piece of code is written: orthography, no voice by itself."""
_LONG = 160  # twice `_SHORT`: no longer read at a glance
_Sourced = TypeVar("_Sourced", bound=tuple[DocumentClaims, VoiceClaim])


def states_a_voice(claims: Sequence[VoiceClaim]) -> bool:
    """Whether sections on voice say a tone, or rules enough that are about language: a note under 'Voice' is none.

    Without such sections, a guide to writing states a voice by the number of its rules about language.
    """
    if any(claim.kind == "voice_tone" and claim.is_voice_topic for claim in claims):
        return True
    about_words = [claim for claim in claims if not _OF_SPELLING.search(claim.text)]
    own = [claim for claim in about_words if claim.is_voice_topic]
    guide = [claim for claim in about_words if claim.is_style_guide]
    if len(own) >= _MANY_RULES:
        return True
    return _are_of_language(own, _ENOUGH_RULES) or _are_of_language(guide, _ENOUGH_OF_A_GUIDE)


def _are_of_language(claims: Sequence[VoiceClaim], enough: int) -> bool:
    return len(claims) >= enough and sum(bool(_OF_LANGUAGE.search(claim.text)) for claim in claims) >= enough - 1


def kept_lines(claims: Sequence[_Sourced]) -> list[_Sourced]:
    """The claims that make the voice, in the order they came; a tone only from where the voice is the topic, if any."""
    kept: set[int] = set()
    is_stated = any(claim.is_voice_topic and claim.kind == "voice_tone" for _, claim in claims)
    for kind in ("voice_tone", "voice_do", "voice_dont"):
        of_kind = [
            (index, sourced)
            for index, sourced in enumerate(claims)
            if sourced[1].kind == kind and (kind != "voice_tone" or sourced[1].is_voice_topic or not is_stated)
        ]
        ranked = sorted(of_kind, key=lambda entry: (_rank(entry[1][1]), _is_long(entry[1][1]), entry[0]))
        chosen: list[tuple[int, set[str]]] = []
        lines: set[str] = set()
        for index, (_, claim) in ranked:
            words = _words(claim.text)
            if claim.text in lines:
                kept.add(index)  # the same line once more only adds a citation
                continue
            if _is_said(claim, words, [known for _, known in chosen]) or len(lines) >= FILL[min(_rank(claim), 3)]:
                continue
            kept.add(index)
            lines.add(claim.text)
            chosen.append((index, words))
    return [sourced for index, sourced in enumerate(claims) if index in kept]


def _rank(claim: VoiceClaim) -> int:
    """0 best; a writing section stands behind a section on voice, a long line behind a short one."""
    if claim.kind == "voice_tone":
        return 0
    return claim.rank + (not claim.is_voice_topic) + (len(claim.text) > _LONG)


def _is_long(claim: VoiceClaim) -> bool:
    return claim.kind != "voice_tone" and len(claim.text) > _SHORT


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{3,}", text.lower()))


def _is_said(claim: VoiceClaim, words: set[str], known: Sequence[set[str]]) -> bool:
    """Whether a line kept before says all of this one's words; a short instruction may need each of its own."""
    fewest = 1 if claim.kind == "voice_tone" else _FEWEST
    return len(words) >= fewest and any(words <= other for other in known)

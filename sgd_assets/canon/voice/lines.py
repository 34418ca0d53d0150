"""What a single sentence says about a voice: a tone, something to do, something not to do, or nothing.

`str -> (kind, text)`. Pure text; where it stands is `voice/read.py`'s business. Quoted words are examples, never rules.
What must not live here: headings, tables, documents.
"""

import re
from typing import Literal, NamedTuple

from sgd_assets.canon.sides.imperatives import IMPERATIVES, imperative
from sgd_assets.canon.sides.lead_ins import is_label
from sgd_assets.canon.sides.obligations import obliges
from sgd_assets.canon.sides.rejected import rejected_part
from sgd_assets.canon.sides.two_sides import two_sides
from sgd_assets.canon.words.vocabulary import joined, pattern
from sgd_assets.canon.words.voice_patterns import count_tone_words, is_tone_words

Kind = Literal["voice_tone", "voice_do", "voice_dont"]
LONG = 280  # two sentences; a longer line is prose on the voice, no rule
_FILLS = 2  # the rank of a part that repeats what its sentence says: whole rules go first
_SHORT_TRAIT = 8  # parts 'Confident, not arrogant' from a sentence with a 'not' in it


class Said(NamedTuple):
    """One claim of a sentence; rank 0 is an instruction, 1 what the brand says it does, 2 a weak remark."""

    kind: Kind
    text: str
    rank: int = 0


_NEGATIVE_INSIDE = re.compile(
    r"(?i)(?:\b(?:but|so|and|or|please|that said,?|—|–|;|,)\s+(?:please\s+)?)((?:do not|don[’']t|never|"
    r"avoid)\s+[^.;!?]{4,160})"
)
_WE_NEGATIVE = re.compile(
    r"(?i)\b(?:we(?:[’']re| are)? (?:never|not|avoid|don[’']t|do not)|doesn[’']t need to|should not|"
    rf"shouldn[’']t|must not)\b|{pattern('negative_inside')}|{pattern('negative_we')}"
)
_WE = re.compile(rf"(?i)(?:we\b|{pattern('we')}|(?:(?:n[ãa]o|no|non) )?\w+(?:[aei]mos|iamo)\b)")
"""The brand speaks of itself; Romance verbs say so in their ending."""
_WE_ARE_SO = re.compile(
    r"(?i)we (?:\w+ly |also |all )?(?:are|were|have|had|get|know|believe|understand|need|love|exist|build|serve|"
    r"recommend|can|could|might)\b"
)
"""What the brand is, has or thinks, rather than how it speaks."""
_OF_THE_BRAND = joined(
    r"(?i)\b(?:voices?|tones?|personality|style|register|language|copy|writing|communications?|documentation|content|"
    r"messages?|posts?|articles?|editorials?|newsletters?|stories|docs|texts?|our \w+|unsere?r? \w+|notre \w+|"
    r"nuestr[oa]s? \w+|nostr[oa] \w+|noss[oa]s? \w+|onze \w+)\b|"
    r"^(?:we|wir|nous|wij|it|it[’']s|é|è|c[’']est|het)\b|\b(?:and|but|that|so) we\b|^\w+(?:[aei]mos|iamo)\b",
    "voice_word",
)
"""What a tone is said of: the voice, 'our' something, or the brand itself."""
_IS_OR_SOUNDS = joined(
    r"(?i)(?:\b(?:is|are|be|feels?|sounds?|stays?|remains?|speaks?|writes?|communicates?|talks?|reads?)\b|"
    rf"(?<=we)[’']re\b|(?<=it)[’']s\b)|{pattern('sounds')}",
    "is_or_sounds",
)
_SOUNDS = re.compile(
    r"(?i)^(?:(?!you|they|people)[\w.’'#-]+ ){1,3}(?:(?:sounds?|speaks?|writes?|communicates?|talks?)\b|"
    rf"{pattern('sounds')})"
)
"""A brand called by its name: 'Lantern sounds calm'."""
_PREDICATE_WORDS = 9  # of what follows 'our tone is', before the sentence turns elsewhere
_BESIDE_WORDS = 5  # adjectives stand near the noun they describe
_SEVERAL = 2  # one word of tone may be chance
_IN_A_WAY = re.compile(r"(?i)\bwe\b[^.]{0,80}\bin an?\s+([\w, -]{3,60})\s(?:tone|voice|way|manner|style)\b")
_VOICE_NOUN = joined(r"(?i)\b(?:tone|voice)\b", "voice_noun")
_COMPARED = re.compile(
    r"(?i)\b(?:speaks?|sounds?|writes?|talks?|reads?|communicates?) (?:as|like) (?:an?|the|our|your)\b|\bthat of\b"
)
"""A tone without an adjective: 'We sound like a good neighbour'."""
_WITHOUT = re.compile(rf"(?i)^\W*(?:{pattern('without')})\s+(?!s[eé]rif)")
"""'Sin emojis decorativos.': a sentence that is nothing but what is left out."""
_GOAL = re.compile(
    r"(?i)(?:being|to be) [\w ,-]{3,40} means\b|(?:our|the) (?:goals?|aims?|priorit(?:y|ies)|job) (?:is|are) to\b"
)
"""'Being human means ...', 'Our goal is to educate'."""
_IS_NOT = re.compile(
    r"(?i)(?:it|(?:our|the) (?:voice|tone|style|language)|[\w.’']+[’']s? (?:voice|tone))\s+"
    r"(?:(?:is|does|should|must|will|can) (?:not|never)|isn[’']t|doesn[’']t|shouldn[’']t|never)\b(?! mean)"
)
"""'It is not matey', 'Our tone doesn't lecture'."""
_NOT_TO_SOUND = re.compile(r"(?i)\bsound\b[^.]*\b(?:doesn[’']t|does not|not|never)\b")
"""'We need to sound official, which does not mean stuffy'."""
_GENERIC = re.compile(
    r"(?i)\b(?:is similar to|an author|a person(?! explaining)|would use|you might|is our unique|"
    r"something that|uniquely|makes us|it becomes|"
    r"difference between|what[’']s the difference|is (?:more )?like|analogous|can change|changes|is a (?:constant|"
    r"variable)|you have the same|reflection of|voice and tone (?:is|are) important)\b"
    r"|^(?:an? |the |your |brand |good )*(?:voice|tone)(?: of voice)?\s+(?:is|are|refers|reflects|expresses|describes|"
    r"can refer)\s+(?:the|how|what|who|your|our|about|to)\b"
    r"|\b(?:voice|tone)\b[^.]{0,30}\b(?:stays? (?:the same|consistent|constant)|is consistent|(?:should|must) be "
    r"consistent|shifts?|var(?:y|ies)|adapts?|fluctuates?|(?:should|will) (?:respond|adapt|vary)|may vary)\b"
    r"|^(?:active|passive) voice\b|\b(?:is|are) (?:acceptable|more appropriate)\b"
)
_CONTRAST = re.compile(
    r"(?i)^[\w’' -]{3,40}?(?:,| –| —)?\s+(?:but|yet|and)?\s?(?:not|never|without(?: being)?)\s+[\w’' -]{3,40}[.!]?$"
    r"|^[\w’' -]{3,30},?\s+(?:but|yet|over)\s+[\w’' -]{3,30}[.!]?$"
    rf"|^[\w’' -]{{3,30}},?\s+(?:{pattern('but_not')})\s+[\w’' -]{{3,40}}[.!]?$"
)


_ROW = re.compile(r"[\w’'-]+(?:,\s+[\w’'-]+)+,?\s+(?:and|but)\s+[\w’'-]+")
"""'Reef-minded, warm, and open ...': words in a row."""
_SENTENCE_END = re.compile(
    r"(?<=[.!?])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bz\.B\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bProf\.)(?<!\bSt\.)"
    r"(?<!\bvs\.)[\"”’)*_]*\s+(?=[^\Wa-zß-ÿ]|[\"“*‘\[(«„])"
)


def sentences(text: str) -> list[str]:
    """Sentences of a text; a quotation is never cut, and one that is nothing but a quotation is left out."""
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(_without_quotes(text)))]
    parts = [text[start:end].strip() for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    kept = [part for part in parts if re.search(r"\w", part) and not is_quotation(part)]
    return [_trimmed(part) for part in kept]


def is_quotation(text: str) -> bool:
    """Whether a text is nothing but words in quotation marks (and a remark in brackets behind them)."""
    bare = re.sub(r"^[\s✅❌✓✗✘✔👍👎🚫>*_•-]+", "", text).strip()
    bare = re.sub(r"\s*\([^()]*\)\W*$", "", bare)
    return bool(re.fullmatch(r"[\"“«„][^\"”»“]*[\"”»“]?[.,;!?]*", bare))


def is_shown(text: str) -> bool:
    """Whether a text is quotations and little else: '"Hey!", "Oops" (too chummy)' shows how to write, or how not to."""
    if len(text) > LONG:
        return False
    bare = re.sub(r"[\"“«„][^\"”»“]*[\"”»“]|\([^()]*\)", " ", text)
    return bool(re.match(r"\W*[\"“«„]", text)) and len(re.findall(r"\w{2,}", bare)) <= _SEVERAL


def read_sentence(sentence: str, *, is_voice: bool) -> list[Said]:
    """What one sentence says; nothing where it only talks about voices."""
    is_lead_in = is_label(sentence)
    if len(sentence.split()) < 2 or sentence.endswith("?") or len(sentence) > LONG:
        return _inside(sentence) if is_voice else []
    is_generic = bool(_GENERIC.search(sentence)) and count_tone_words(sentence) < 3
    if is_voice and not is_generic and is_tone_request(sentence):
        return [Said("voice_tone", sentence)]
    if is_voice and not is_lead_in and opens_with_without(sentence):
        return [Said("voice_dont", sentence, 1)]
    kind = imperative(sentence)
    if is_voice and kind == "voice_do" and not is_lead_in and _has_adjectives(sentence):
        return [Said("voice_tone", sentence)]
    if kind is not None:
        return [] if is_lead_in else [Said(kind, sentence), *(_rejected(sentence) if kind == "voice_do" else [])]
    obliged = None if is_lead_in or is_generic else obliges(sentence)
    parted = two_sides(sentence, _side_of_part) if obliged is not None else None
    if parted is not None:
        sides: dict[str, Kind] = {"do": "voice_do", "dont": "voice_dont"}
        return [Said(sides[parted.first_side], parted.first, 1), Said(sides[parted.second_side], parted.second, 1)]
    if obliged is not None:
        return [Said(obliged, sentence, 1)]
    if not is_voice or is_generic:
        return _inside(sentence)
    if is_lead_in and count_tone_words(sentence) == 0:
        return []
    if re.match(r"(?i)we(?:[’']re| are) (?:never|not)\b", sentence):
        return [Said("voice_dont", sentence)]
    if _IS_NOT.match(sentence) and "but" not in sentence.split():
        return [Said("voice_dont", sentence, 1)]
    if is_adjectives(sentence) or is_contrast(sentence) or _says_tone(sentence):
        return [Said("voice_tone", sentence)]
    if _WE.match(sentence):
        if is_lead_in:
            return []
        is_negative = bool(_WE_NEGATIVE.search(sentence)) and not re.search(r"(?i)\bbut\b", sentence)
        kind = "voice_dont" if is_negative else "voice_do"
        rejected = [] if is_negative else _rejected(sentence)
        return [Said(kind, sentence, 2 if _WE_ARE_SO.match(sentence) else 1), *rejected]
    if _GOAL.match(sentence):
        return [Said("voice_do", sentence, 1)]
    if not is_lead_in and _NOT_TO_SOUND.search(sentence):
        return [Said("voice_dont", sentence, 1)]
    return _inside(sentence)


def _side_of_part(part: str) -> Literal["do", "dont"] | None:
    told = imperative(part) or obliges(part)
    return None if told is None else "do" if told == "voice_do" else "dont"


def is_adjectives(sentence: str) -> bool:
    """'Warm, plain and practical.': a short list without a verb."""
    words = re.findall(r"[^\W\d_][\w’'-]*", sentence)
    is_list = bool(
        re.fullmatch(
            r"[\w’'-]+(?:(?:,| and|, and| but|, but| yet| &| und| et| y| e| en)\s+(?:never |not |very )?"
            r"[\w’'-]+){1,6}[.!]?",
            sentence,
        )
    )
    if not 2 <= len(words) <= 9 or not is_list or words[0].lower() in IMPERATIVES:
        return False
    return count_tone_words(sentence) > 0


def is_contrast(sentence: str) -> bool:
    """'Confident, not boastful', 'Direct but not pushy', 'Precision over colour'."""
    is_short = len(sentence.split()) <= _SHORT_TRAIT and sentence[:1].isupper()
    if not is_short or not _CONTRAST.match(sentence) or imperative(sentence) is not None:
        return False
    is_pair = bool(re.search(r"(?i)[,–—]\s+not\s|\bbut (?:not|never)\s", sentence)) or bool(
        re.fullmatch(r"\w+(?<!ed) over \w+\.?", sentence)
    )
    return is_pair or count_tone_words(sentence) > 0


def opens_with_trait(sentence: str) -> bool:
    """'Helpful guide who respects the reader's time.': a phrase that calls the voice by a trait."""
    first = sentence.split()[:1]
    is_generic = bool(_GENERIC.search(sentence)) or imperative(sentence) is not None
    row = _ROW.match(sentence)
    opens = bool(first) and is_tone_words(first[0].strip(","))
    opens = opens or (row is not None and count_tone_words(row[0]) >= _SEVERAL)
    return opens and not is_generic and bool(re.search(r"[.!]$", sentence))


def opens_with_without(text: str) -> bool:
    """'Sin emojis decorativos', 'Ohne Floskeln': nothing but what is left out."""
    return bool(_WITHOUT.match(text))


def is_we(text: str) -> bool:
    """Whether the brand speaks of itself: 'We cite our sources'."""
    return bool(_WE.match(text))


def is_tone_request(sentence: str) -> bool:
    """'Write in a warm, plain tone': an instruction that is the tone itself."""
    return bool(
        re.match(
            r"(?i)(?:always )?(?:write|speak|communicate|use|adopt|keep|maintain|strike|take) (?:in |with |to )?"
            r"(?:an? )[\w, -]{3,60}\s(?:tone|voice)\b",
            sentence,
        )
    )


def _says_tone(sentence: str) -> bool:
    """A sentence that says what the voice, or the brand itself, is or sounds like."""
    sentence = re.sub(r"\s*\([^()]*\)", "", sentence)
    if (way := _IN_A_WAY.search(sentence)) and count_tone_words(way[1]) > 0:
        return True
    return bool(_COMPARED.search(sentence)) or _has_predicate(sentence) or _has_adjectives(sentence)


def _has_predicate(sentence: str) -> bool:
    """'Our writing should be calm', 'We speak plainly', 'Lantern sounds warm'."""
    return any(
        (_OF_THE_BRAND.search(sentence, 0, verb.end()) or _SOUNDS.match(sentence, 0, verb.end()))
        and count_tone_words(" ".join(sentence[verb.end() :].split()[:_PREDICATE_WORDS])) > 0
        for verb in _IS_OR_SOUNDS.finditer(sentence)
    )


def _has_adjectives(sentence: str) -> bool:
    """'... in a calm, friendly tone', 'un ton neutre et direct': traits right beside the voice they belong to."""
    return any(
        count_tone_words(" ".join(sentence[: noun.start()].split()[-_BESIDE_WORDS:])) >= _SEVERAL
        or count_tone_words(" ".join(sentence[noun.end() :].split()[:_BESIDE_WORDS])) >= _SEVERAL
        for noun in _VOICE_NOUN.finditer(sentence)
    )


def _rejected(sentence: str) -> list[Said]:
    """The prohibition inside of a sentence that tells what to do, or at its end."""
    part = rejected_part(sentence)
    return _inside(sentence) or ([Said("voice_dont", part, _FILLS)] if part is not None and len(part) <= LONG else [])


def _inside(sentence: str) -> list[Said]:
    """A negated instruction in the middle of a sentence: '... but don't shout'."""
    match = _NEGATIVE_INSIDE.search(sentence)
    if match and re.match(r"(?i)\W*(?:so|but|that said|please)\b", match[0]) and len(match[1]) <= LONG:
        return [Said("voice_dont", match[1][0].upper() + match[1][1:])]
    return []


def _without_quotes(text: str) -> str:
    """The text with the inside of quotations blanked, so that no sentence ends in one."""

    def blank(match: re.Match[str]) -> str:
        inner = match[2]
        # a full stop inside the closing mark ends the sentence outside it
        tail = inner[-1] if inner[-1:] in ".!?" else ""
        return match[1] + "x" * (len(inner) - len(tail)) + tail + match[3]

    return re.sub(r"([\"“«„])([^\"“”«»„]{1,300})([\"”»“])", blank, text)


def _trimmed(part: str) -> str:
    """Without bullets and marks around; a quotation inside keeps its marks."""
    part = re.sub(r"^[^\w\"“«„(¿¡]+", "", part)
    part = re.sub(r"[*_]+$", "", part).strip()
    if part.count('"') % 2 and part.endswith('"'):
        part = part[:-1]
    return part


def is_traits(text: str) -> bool:
    """A short item or heading that is nothing but traits."""
    return is_tone_words(text) and imperative(text) is None

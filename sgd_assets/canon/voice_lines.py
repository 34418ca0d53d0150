"""What a single sentence says about a voice: a tone, something to do, something not to do, or nothing.

`str -> (kind, text)`. Pure text; where it stands is `voice.py`'s business. Quoted words are examples, never rules.
What must not live here: headings, tables, documents.
"""

import re
from typing import Literal, NamedTuple

from sgd_assets.canon.imperatives import AFTER_A_VERB, IMPERATIVES, NOUNS_TOO
from sgd_assets.canon.vocabulary import joined, pattern
from sgd_assets.canon.voice_words import count_tone_words, is_tone_words

Kind = Literal["voice_tone", "voice_do", "voice_dont"]
LONG = 280
_SHORT_TRAIT = 8


class Said(NamedTuple):
    """One claim of a sentence; rank 0 is an instruction, 1 what the brand says it does, 2 a weak remark."""

    kind: Kind
    text: str
    rank: int = 0


NEGATIVE = re.compile(
    r"(?i)^(?:please\s+)?(?:do not|don[’']t|never|avoid|no\b(?! matter|[:,.])|stop|refrain|stay away|steer clear|"
    r"resist|not (?!to\b|only|all|every|just|sure|yet|much)|we (?:do not|don[’']t|never|avoid|aren[’']t|are not))\b"
    rf"|^(?:{pattern('negative_start')})"
)
_NEGATIVE_INSIDE = re.compile(
    r"(?i)(?:\b(?:but|so|and|or|please|that said,?|—|–|;|,)\s+(?:please\s+)?)((?:do not|don[’']t|never|"
    r"avoid)\s+[^.;!?]{4,160})"
)
_WE_AVOID = re.compile(r"(?i),\s+(?:but )?(we (?:avoid|never|don[’']t|do not) [^.;!?]{4,160})")
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
    r"^(?:we|wir|nous|wij|it|it[’']s)\b|\b(?:and|but|that|so) we\b|^\w+(?:[aei]mos|iamo)\b",
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
_PREDICATE_WORDS = 9
_BESIDE_WORDS = 5
_SEVERAL = 2
_IN_A_WAY = re.compile(r"(?i)\bwe\b[^.]{0,80}\bin an?\s+([\w, -]{3,60})\s(?:tone|voice|way|manner|style)\b")
_VOICE_NOUN = joined(r"(?i)\b(?:tone|voice)\b", "voice_noun")
_COMPARED = re.compile(
    r"(?i)\b(?:speaks?|sounds?|writes?|talks?|reads?|communicates?) (?:as|like) (?:an?|the|our|your)\b|\bthat of\b"
)
"""A tone without an adjective: 'We sound like a good neighbour'."""
_GOAL = re.compile(
    r"(?i)(?:being|to be) [\w ,-]{3,40} means\b|(?:our|the) (?:goals?|aims?|priorit(?:y|ies)|job) (?:is|are) to\b"
)
"""'Being human means ...', 'Our goal is to educate'."""
_IS_NOT = re.compile(
    r"(?i)(?:it|(?:our|the) (?:voice|tone|style|language)|[\w.’']+[’']s? (?:voice|tone))\s+"
    r"(?:(?:is|does|should|must|will|can) (?:not|never)|isn[’']t|doesn[’']t|shouldn[’']t|never)\b(?! mean)"
)
"""'It is not matey', 'Our tone doesn't lecture'."""
_WE_ARE = re.compile(
    r"(?i)^(?:we(?:[’']re| are)|it[’']s|it is|our \w+ (?:is|are))\s+(?!considering|going|talking|the )\w"
)
_GENERIC = re.compile(
    r"(?i)\b(?:is similar to|an author|a person(?! explaining)|would use|you might|is our unique|"
    r"something that|uniquely|"
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
_LEADING_CLAUSE = re.compile(
    r"(?i)^(?:(?:when(?:ever)?|where(?:ver)?|if|once|for|to|at|by|because|as|in|on|with|before|after|while|unless|even "
    r"if)\b[^,.;:!?]{2,90},|generally,?|usually,|instead,?|also,?|then,|so,?|just)\s+"
)
_ABOUT_THE_GUIDE = re.compile(
    r"(?i)(?:learn|read|find out|see|know) more\b|(?:see|read|visit|check out|refer to) (?:also|the (?:full|"
    r"section|page|guide)|our (?:guide|full|page))\b|(?:use|apply|follow|read) (?:this|these) (?:\w+ )?"
    r"(?:file|guide\w*|page|document|principles|rules|before|when)\b|consider the following|"
    r"(?:click|download|contact)\b"
)
_OPENERS = re.compile(r"(?i)^(?:please|always|do|only|instead,)\s+")


_SENTENCE_END = re.compile(
    r"(?<=[.!?])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bz\.B\.)[\"”’)*_]*\s+(?=[^\Wa-zß-ÿ]|[\"“*‘\[(«„])"
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
    bare = re.sub(r"[\"“«„][^\"”»“]*[\"”»“]|\([^()]*\)", " ", text)
    return bool(re.match(r"\W*[\"“«„]", text)) and len(re.findall(r"\w{2,}", bare)) <= _SEVERAL


def read_sentence(sentence: str, *, is_voice: bool) -> list[Said]:
    """What one sentence says; nothing where it only talks about voices."""
    is_lead_in = sentence.endswith(":")
    if len(sentence.split()) < 2 or sentence.endswith("?") or len(sentence) > LONG:
        return _inside(sentence) if is_voice else []
    is_generic = bool(_GENERIC.search(sentence)) and count_tone_words(sentence) < 3
    if is_voice and not is_generic and is_tone_request(sentence):
        return [Said("voice_tone", sentence)]
    kind = imperative(sentence)
    if kind is not None:
        return [] if is_lead_in else [Said(kind, sentence), *(_inside(sentence) if kind == "voice_do" else [])]
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
        return [Said("voice_dont" if is_negative else "voice_do", sentence, 2 if _WE_ARE_SO.match(sentence) else 1)]
    if _GOAL.match(sentence):
        return [Said("voice_do", sentence, 1)]
    inside = _inside(sentence)
    if inside:
        return inside
    if re.search(r"(?i)\b(?:need(?:s)? to sound|sound)\b[^.]*\b(?:doesn[’']t|does not|not|never)\b[^.]*", sentence):
        return [Said("voice_dont", sentence, 1)]
    return []


def imperative(sentence: str) -> Kind | None:
    """Whether a line tells a writer to do or not to do something."""
    if sentence.endswith("?"):
        return None
    rest = _LEADING_CLAUSE.sub("", sentence, count=1)
    if NEGATIVE.match(sentence) or (rest != sentence and NEGATIVE.match(rest)):
        return "voice_dont"
    cleaned = _OPENERS.sub("", rest)
    words = re.findall(r"[A-Za-z’']+", cleaned)
    if len(words) >= 2 and words[0].lower() in IMPERATIVES and not _ABOUT_THE_GUIDE.match(cleaned):
        is_command = not re.match(r"(?i)^\w+\s+(?:is|are|was|of)\b", cleaned)
        if words[0].lower() in NOUNS_TOO:
            is_command = is_command and words[1].lower() in AFTER_A_VERB
        if is_command and (cleaned[:1].isupper() or cleaned != sentence):
            return "voice_do"
    if len(sentence.split()) < 2 or _ABOUT_THE_GUIDE.match(cleaned) or not _instructs(sentence):
        return None
    return "voice_dont" if _NOT.search(" ".join(sentence.split()[:4])) else "voice_do"


_POSITIVE_START = re.compile(rf"(?i)^(?:{pattern('positive_start')})")
_NOT = re.compile(rf"(?i){pattern('negative_inside')}")
_FRENCH_INFINITIVE = re.compile(r"(?!(?:[NV]otre|Autre|Entre|Contre|Outre)\b)[A-ZÉÊ]\w+(?:er|ir|re)\b")
_GERMAN_IMPERATIVE = re.compile(r"[A-ZÄÖÜ]\w+t (?!(?!nicht\b)\w+t\b)|[A-ZÄÖÜ]\w+en Sie\b|Sei(?:d|en Sie)?\b")
_GERMAN = re.compile(rf"(?i){pattern('function_word', languages=('de',))}")
_FRENCH = re.compile(rf"(?i){pattern('function_word', languages=('fr',))}")


def _instructs(sentence: str) -> bool:
    """An instruction in another language: by its first words, or by the form of its verb in German and French."""
    if _POSITIVE_START.match(sentence):
        return True
    if re.match(r"\w{3,}ez\b", sentence):
        return True
    if _FRENCH_INFINITIVE.match(sentence) and _FRENCH.search(sentence):
        return True
    is_german = len(_GERMAN.findall(sentence)) >= _SEVERAL
    return is_german and bool(
        re.match(r"[A-ZÄÖÜ]\w+t (?!(?!nicht\b)\w+t\b)|[A-ZÄÖÜ]\w+en Sie\b|Sei(?:d|en Sie)?\b", sentence)
    )


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
    return bool(first) and is_tone_words(first[0].strip(",")) and not is_generic and bool(re.search(r"[.!]$", sentence))


def is_we(text: str) -> bool:
    """Whether the brand speaks of itself: 'We cite our sources'."""
    return bool(_WE.match(text))


def is_about_the_guide(text: str) -> bool:
    """'Learn more about our brand': a pointer to elsewhere."""
    return bool(_ABOUT_THE_GUIDE.match(text))


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
    if _WE_ARE.match(sentence):
        is_short_we = sentence.lower().startswith("we") and len(sentence.split()) <= _SHORT_TRAIT
        return count_tone_words(sentence) > 0 or is_short_we
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


def _inside(sentence: str) -> list[Said]:
    """A negated instruction in the middle of a sentence: '... but don't shout'."""
    match = _NEGATIVE_INSIDE.search(sentence)
    if match and re.match(r"(?i)\W*(?:so|but|that said|please)\b", match[0]) and len(match[1]) <= LONG:
        return [Said("voice_dont", match[1][0].upper() + match[1][1:])]
    match = _WE_AVOID.search(sentence)
    if match and not sentence.lower().startswith("we "):
        return [Said("voice_dont", match[1][0].upper() + match[1][1:], 1)]
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

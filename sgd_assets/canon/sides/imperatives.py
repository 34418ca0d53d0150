"""Whether a line tells a writer to do something, or not to do it: `str -> 'voice_do' | 'voice_dont' | None`.

English instructions open with a verb of the list, those of the other languages with their usual words, or show it by
the form of the verb ('Verwendet ...', 'Évitez ...', 'Faire ...'). What must not live here: what else a sentence says of
a voice (`voice/lines.py`).
"""

import re
from typing import Literal

from sgd_assets.canon.facts.rule import Rule
from sgd_assets.canon.sides.away import KEEP_AWAY
from sgd_assets.canon.sides.behind_the_verb import FORBIDS_BEHIND_THE_VERB
from sgd_assets.canon.sides.purposes import without_purpose
from sgd_assets.canon.words.language import languages
from sgd_assets.canon.words.vocabulary import listed, pattern

IMPERATIVES = listed("instruction")
"""Verbs that open an instruction; not those that open a noun phrase as often ('Open source', 'Word choice')."""
NEGATIVE = re.compile(
    rf"(?i)^(?:please\s+)?(?:do not|don[’']t|never|avoid|no\b(?! matter|[:,.])|stop|refrain|{KEEP_AWAY}|"
    r"(?:try|take care|be (?:careful|sure)|make sure|ensure) (?:not to|never to|(?:that )?you don[’']t|"
    r"you never)|"
    r"(?:think twice|think carefully) before|"
    r"not (?!to\b|only|all|every|just|sure|yet|much|\w+ing\b[^.]*\b(?:can|may|will|is|are|would|could)\b)|"
    r"we (?:do not|don[’']t|never|avoid|aren[’']t|are not))\b"
    rf"|^(?:{pattern('negative_start')})"
)
"""Words that open a prohibition."""
OPENS_WITH_A_NEGATION = Rule[Literal["voice_dont"]](
    name="opens_with_a_negation",
    told="voice_dont",
    words="the line opens with a prohibition, in English or in its language",
    pattern=NEGATIVE,
    unless=re.compile(r"(?i)^\W*no (?:matter|need|problem|exceptions?\W*$)"),
    reads=(
        "Do not use jargon", "Never shout", "No exclamation marks", "Not stiff or formal", "We avoid slang",
        "Not using contractions", "Try not to shout", "Be careful not to preach", "Think twice before making a joke",
        "Keep away from jargon", "Stay clear of slang", "Shy away from hype", "Resist the urge to shout",
        "Évitez le jargon", "Nicht belehren", "No usar mayúsculas", "Não gritar",
    ),
    leaves=(
        "No matter what", "No need to be formal.", "No exceptions.", "Not only short but clear",
        "Not sure what to say?",
        "Nobody shouts", "Keep sentences clear", "Stay calm",
        "Try to be short", "Make sure that you do",
        "Not wanting to offend can dilute what is said.",
    ),
)  # fmt: skip
_LEADING_CLAUSE = re.compile(
    r"(?i)^(?:(?:when(?:ever)?|where(?:ver)?|if|once|for|to|at|by|because|as|in|on|with|before|after|while|unless|even "
    r"if|(?:rather than|instead of)(?! this| that| these))\b[^,.;:!?]{2,90},|generally,?|usually,|instead,?|"
    r"also,?|then,|so,?|just)\s+"
)
_ABOUT_THE_GUIDE = re.compile(
    r"(?i)(?:learn|read|find out|see|know) more\b|(?:see|read|visit|check out|refer to) (?:also|the (?:full|"
    r"section|page|guide)|our (?:guide|full|page))\b|(?:use|apply|follow|read) (?:this|these) (?:\w+ )?"
    r"(?:file|guide\w*|page|document|principles|rules|before|when)\b|take a look\b|"
    r"(?:consider|see|look at|compare) the (?:\w+ )?(?:following|examples?)\b|"
    r"(?:click|download|contact)\b|read on\b|thank you\b|good luck\b"
)
"""Pointers to elsewhere, which are no rules."""
_LEFT_OUT = (
    r"^\W*(?:please\s+)?(?:do not|don[’']t|never) (?:ever )?(?:forget|fail to|neglect|omit to|leave out)\b|"
    r"^\W*n[’']oubli(?:ez|e|er) pas\b|^\W*ne pas oublier\b|\b(?:nicht|nie) vergessen\b|^\W*vergessen sie nicht\b|"
    r"^\W*vergiss nicht\b|^\W*no olvid(?:es|e|en|ar)\b|^\W*non dimentica(?:re|te)?\b|^\W*não (?:se )?esqueç\w+\b|"
    r"^\W*vergeet niet\b|^\W*glöm inte\b"
)
ASKS_NOT_TO_LEAVE_OUT = re.compile(rf"(?i){_LEFT_OUT}")
"""'Don't forget to leave room': what is asked for is what must not be left out."""
ENCOURAGES = Rule[Literal["voice_do"]](
    name="encourages",
    told="voice_do",
    words="a prohibition in form only: it takes away a fear, or asks not to leave out what is right",
    pattern=re.compile(
        r"(?i)^\W*(?:please\s+)?(?:do not|don[’']t|never|we(?:[’']re| are) (?:not|never)|we aren[’']t) (?:be )?"
        r"(?:shy|afraid|scared|ashamed|embarrassed|hesitate|worry about)\b|" + _LEFT_OUT
    ),
    reads=(
        "Don't be afraid to use humour.", "We're not shy to say what we think.", "We are not afraid of silence",
        "Do not forget to leave room around the mark.", "Never fail to credit the author", "N'oubliez pas la marge.",
        "Vergessen Sie nicht den Schutzraum.", "No olvides el margen.",
    ),
    leaves=("Don't be funny.", "We are shy.", "Do not use fear", "Ne pas déformer", "Never neglected"),
)  # fmt: skip
RULES = (OPENS_WITH_A_NEGATION, ENCOURAGES)
_OPENERS = re.compile(r"(?i)^(?:please|always|do|only|instead,)\s+")
_POSITIVE_START = re.compile(rf"(?i)^(?:{pattern('positive_start')})")
_NOT = re.compile(rf"(?i){pattern('negative_inside')}")
_INSTRUCTIONS = tuple(
    (re.compile(form.opens), form.function_words, re.compile(rf"(?i){words}") if words else None)
    for language in languages().values()
    for words in (pattern("function_word", of=[language]),)
    for form in language.instructions
)
"""Forms of verbs that instruct, how many function words show the language, and these."""


def imperative(sentence: str) -> Literal["voice_do", "voice_dont"] | None:
    """What a line tells a writer; None where it tells nothing."""
    if sentence.endswith("?"):
        return None
    if ENCOURAGES.reads_text(sentence):
        return "voice_do"
    sentence = without_purpose(sentence)
    if FORBIDS_BEHIND_THE_VERB.reads_text(sentence):
        return "voice_dont"
    rest = _LEADING_CLAUSE.sub("", sentence, count=1)
    if forbids(sentence) or (rest != sentence and forbids(rest)):
        return "voice_dont"
    cleaned = _OPENERS.sub("", rest)
    if len(sentence.split()) < 2 or is_about_the_guide(cleaned):
        return None
    if _is_english(cleaned) and (cleaned[:1].isupper() or cleaned != sentence):
        return "voice_do"
    if not _is_foreign(sentence):
        return None
    return "voice_dont" if _NOT.search(" ".join(sentence.split()[:4])) else "voice_do"


def forbids(text: str) -> bool:
    """Whether a line opens with a prohibition."""
    return OPENS_WITH_A_NEGATION.reads_text(text)


def is_about_the_guide(text: str) -> bool:
    """'Learn more about our brand': a pointer to elsewhere."""
    return bool(_ABOUT_THE_GUIDE.match(text))


def _is_english(sentence: str) -> bool:
    words = re.findall(r"[A-Za-z’']+", sentence)
    is_verb = len(words) >= 2 and words[0].lower() in IMPERATIVES
    return is_verb and not re.match(r"(?i)^\w+\s+(?:is|are|was|of)\b", sentence)


def _is_foreign(sentence: str) -> bool:
    if _POSITIVE_START.match(sentence):
        return True
    return any(
        opens.match(sentence) and (words is None or len(words.findall(sentence)) >= needed)
        for opens, needed, words in _INSTRUCTIONS
    )

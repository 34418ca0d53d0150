"""Whether a line tells a writer to do something, or not to do it: `str -> 'voice_do' | 'voice_dont' | None`.

English instructions open with a verb of the list, those of the other languages with their usual words, or show it by
the form of the verb ('Verwendet ...', 'Évitez ...', 'Faire ...'). What must not live here: what else a sentence says of
a voice (`voice/lines.py`).
"""

import re
from typing import Literal

from sgd_assets.canon.words.vocabulary import pattern

_ENGLISH_VERBS = """
abbreviate abstain accept acknowledge act adapt add address adhere adjust adopt aim align allow alternate amplify
anticipate apologise apologize apply appreciate ask assume avoid back balance be beware brag break bring build bury call
capitalise capitalize celebrate challenge champion check choose cite clarify communicate compare complement compress
connect consider contextualise contextualize convey convince correct create credit cultivate cut deal default define
deliver demonstrate describe design develop discuss distinguish do draw echo edit educate elevate eliminate embody
embrace emphasise emphasize empower encourage end engage enjoy ensure establish evoke exaggerate explain express extend
favor favour feel find focus follow foster front-load gather generalise generalize get give go greet ground group guide
hedge help hide highlight hold humanise humanize identify illustrate imagine include indicate infantilize inform insert
inspire instil instill instruct introduce invite jump keep label lead lean learn leave let leverage limit link list
listen look lose maintain make match mean mention mimic mind minimise minimize mirror mix motivate name nod offer opt
organise organize overcomplicate overpromise own panic paraphrase pay perform personalise personalize phrase picture
place play practice practise praise prefer present prioritise prioritize promise promote prove provide pull push put
quote raise reach read reassure recognise recognize recommend reduce refer reflect refrain reframe reinforce relate rely
remain remember remind remove rephrase replace represent resist respect respond review revise reward rewrite save say
scan seek select sell set shape share shift shorten shout show simplify skip soften sound speak specify spell spend
spread stand start state stay steer stick stop stress strike strip strive structure substitute suggest support surprise
swap tackle tailor take talk teach tell test thank think tie translate treat trim trust try turn understand use utilise
utilize validate value vary verify weave welcome wield work write
"""
IMPERATIVES = frozenset(_ENGLISH_VERBS.split())
"""Verbs that open an instruction; not those that open a noun phrase as often ('Open source', 'Word choice')."""
NEGATIVE = re.compile(
    r"(?i)^(?:please\s+)?(?:do not|don[’']t|never|avoid|no\b(?! matter|[:,.])|stop|refrain|stay away|steer clear|"
    r"resist|not (?!to\b|only|all|every|just|sure|yet|much)|we (?:do not|don[’']t|never|avoid|aren[’']t|are not))\b"
    rf"|^(?:{pattern('negative_start')})"
)
"""Words that open a prohibition."""
_LEADING_CLAUSE = re.compile(
    r"(?i)^(?:(?:when(?:ever)?|where(?:ver)?|if|once|for|to|at|by|because|as|in|on|with|before|after|while|unless|even "
    r"if)\b[^,.;:!?]{2,90},|generally,?|usually,|instead,?|also,?|then,|so,?|just)\s+"
)
_ABOUT_THE_GUIDE = re.compile(
    r"(?i)(?:learn|read|find out|see|know) more\b|(?:see|read|visit|check out|refer to) (?:also|the (?:full|"
    r"section|page|guide)|our (?:guide|full|page))\b|(?:use|apply|follow|read) (?:this|these) (?:\w+ )?"
    r"(?:file|guide\w*|page|document|principles|rules|before|when)\b|take a look\b|"
    r"(?:consider|see|look at|compare) the (?:\w+ )?(?:following|examples?)\b|"
    r"(?:click|download|contact)\b|read on\b|thank you\b|good luck\b"
)
"""Pointers to elsewhere, which are no rules."""
_ENCOURAGES = re.compile(
    r"(?i)^(?:please\s+)?(?:do not|don[’']t|never|we(?:[’']re| are) (?:not|never)|we aren[’']t) (?:be )?"
    r"(?:shy|afraid|scared|ashamed|embarrassed)\b"
)
"""'Don't be afraid to ...', 'We're not shy to ...': a prohibition in form only."""
_OPENERS = re.compile(r"(?i)^(?:please|always|do|only|instead,)\s+")
_POSITIVE_START = re.compile(rf"(?i)^(?:{pattern('positive_start')})")
_NOT = re.compile(rf"(?i){pattern('negative_inside')}")
_GERMAN = re.compile(rf"(?i){pattern('function_word', languages=('de',))}")
_GERMAN_IMPERATIVE = re.compile(r"[A-ZÄÖÜ]\w+t (?!(?!nicht\b)\w+t\b)|[A-ZÄÖÜ]\w+en Sie\b|Sei(?:d|en Sie)?\b")
_FRENCH = re.compile(rf"(?i){pattern('function_word', languages=('fr',))}")
_FRENCH_INFINITIVE = re.compile(r"(?!(?:[NV]otre|Autre|Entre|Contre|Outre)\b)[A-ZÉÊ]\w+(?:er|ir|re)\b")
_FRENCH_IMPERATIVE = re.compile(r"\w{3,}ez\b")
_SURE = 2
"""Function words from which a line is taken for German; a word or two of another language may look like one."""


def imperative(sentence: str) -> Literal["voice_do", "voice_dont"] | None:
    """What a line tells a writer; None where it tells nothing."""
    if sentence.endswith("?"):
        return None
    if _ENCOURAGES.match(sentence):
        return "voice_do"
    rest = _LEADING_CLAUSE.sub("", sentence, count=1)
    if NEGATIVE.match(sentence) or (rest != sentence and NEGATIVE.match(rest)):
        return "voice_dont"
    cleaned = _OPENERS.sub("", rest)
    if len(sentence.split()) < 2 or is_about_the_guide(cleaned):
        return None
    if _is_english(cleaned) and (cleaned[:1].isupper() or cleaned != sentence):
        return "voice_do"
    if not _is_foreign(sentence):
        return None
    return "voice_dont" if _NOT.search(" ".join(sentence.split()[:4])) else "voice_do"


def is_about_the_guide(text: str) -> bool:
    """'Learn more about our brand': a pointer to elsewhere."""
    return bool(_ABOUT_THE_GUIDE.match(text))


def _is_english(sentence: str) -> bool:
    words = re.findall(r"[A-Za-z’']+", sentence)
    is_verb = len(words) >= 2 and words[0].lower() in IMPERATIVES
    return is_verb and not re.match(r"(?i)^\w+\s+(?:is|are|was|of)\b", sentence)


def _is_foreign(sentence: str) -> bool:
    if _POSITIVE_START.match(sentence) or _FRENCH_IMPERATIVE.match(sentence):
        return True
    if _FRENCH_INFINITIVE.match(sentence) and _FRENCH.search(sentence):
        return True
    return len(_GERMAN.findall(sentence)) >= _SURE and bool(_GERMAN_IMPERATIVE.match(sentence))

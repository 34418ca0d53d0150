"""Statements that ask for something, or forbid it, without an instruction: `str -> 'voice_do' | 'voice_dont' | None`.

'Jargon should be avoided', 'Contractions are encouraged', 'You can use humour', 'There is no room for slang'. What must
not live here: instructions (`sides/imperatives.py`), or what a sentence says of a logo (`logo/sentences.py`).
"""

import re
from typing import Literal

from sgd_assets.canon.facts.rule import Rule
from sgd_assets.canon.sides.purposes import without_purpose
from sgd_assets.canon.words.vocabulary import pattern

Side = Literal["voice_do", "voice_dont"]

_DONE = r"(?:\w+ly )?(?:used?|written|avoided|kept|spelled|spelt|capitali[sz]ed|set|put|addressed|preferred|limited)"
_IT_IS = r"^\W*(?:\w+, )?it(?:[’']s| is)"
_OF_READERS = re.compile(
    r"(?i)^\W*(?:if|when|because|since|as|where|while)\b|\?|\b(?:readers|users|people|they|customers|visitors|clients) "
    r"(?:should|can|may|must|do|need|have)\b|\b(?:click|contact|e-?mail|download|find|see|read more)\b"
)
"""What readers do or find is no rule for those who write."""

SAYS_IT_IS_UNWANTED = Rule[Side](
    name="says_it_is_unwanted",
    told="voice_dont",
    words="the sentence says that something is to be avoided, is discouraged, or has no place",
    pattern=re.compile(
        r"(?i)\b(?:should|must|shall|can|needs? to|ha(?:s|ve) to|(?:is|are) to|(?:is|are) best) (?:always |generally )?"
        r"be avoided\b|\b(?:is|are) best avoided\b|"
        r"\b(?:is|are) (?:\w+ly )?(?:discouraged|forbidden|prohibited|unacceptable|frowned upon|off limits|"
        r"out of place)\b|"
        r"\b(?:is|are)(?: not| never|n[’']t) (?:welcome|allowed|permitted|acceptable|appropriate|okay|ok|our style)\b|"
        r"\b(?:has|have) no place\b|\b(?:there[’']s|there is|we have) no (?:room|place|space) for\b|"
        rf"{_IT_IS} (?:not|never) (?:ok|okay|fine|acceptable|appropriate|a good idea) to\b|"
        rf"\b(?:should|must|may|can|shall)(?: not| never|n[’']t|not|[’']t) be {_DONE}\b"
    ),
    unless=_OF_READERS,
    most=220,
    reads=(
        "Jargon must be avoided.", "All caps is discouraged.", "Slang is not welcome.",
        "Hype has no place in our texts.",
        "There is no room for jargon in texts.", "It's not okay to shout.", "Exclamation marks should not be used.",
    ),
    leaves=("Jargon is common.", "Contractions are encouraged.", "If it must be avoided, do so."),
)  # fmt: skip

TELLS_YOU_NOT_TO = Rule[Side](
    name="tells_you_not_to",
    told="voice_dont",
    words="the sentence tells writers what they should, may or must not do",
    pattern=re.compile(
        r"(?i)^\W*(?:\w+, )?(?:you|writers|authors|we) (?:should|must|may|can|shall)(?: not| never|n[’']t|not|"
        r"[’']t| avoid)\b|"
        r"\b(?:ask|urge|advise|want) (?:you|writers|authors|everyone|contributors) (?:not to|never to|to avoid)\b|"
        r"^\W*(?:ditch|beware of|watch out for)\b|^\W*(?:free (?:of|from)|without)\b"
    ),
    unless=re.compile(r"(?i)^\W*(?:if|when)\b|\?|\bwithout (?:saying|a? ?doubt|exception)\b|^\W*we (?:can|may)\b"),
    most=220,
    reads=(
        "You shouldn't use jargon.", "You should avoid jargon.", "You mustn't shout.",
        "We ask writers not to use jargon.",
        "Beware of jargon in texts.", "Without jargon.",
        "Free of jargon.",
    ),
    leaves=("You should use short words.", "We can not know.", "Without a doubt, we care.", "You may like it"),
)  # fmt: skip

SAYS_IT_IS_WANTED = Rule[Side](
    name="says_it_is_wanted",
    told="voice_do",
    words="the sentence says that something is encouraged or preferred, or should be done",
    pattern=re.compile(
        r"(?i)\b(?:is|are) (?:\w+ly |always )?(?:encouraged|preferred|welcome|recommended|permitted|"
        r"allowed|acceptable)\b|"
        rf"\b(?:should|must|shall) (?:always |only |generally )?be {_DONE}\b|"
        rf"{_IT_IS} (?:ok|okay|fine|good|best|better|important|essential|recommended) to\b|"
        r"\b(?:is|are) (?:always )?(?:used|written|spelled|spelt|capitali[sz]ed|set) (?:for|in|as|with|on|when)\b"
    ),
    guard=re.compile(r"(?i)\b(?:not|never|no|nor|cannot|avoid\w*)\b|n[’']t\b"),
    unless=_OF_READERS,
    most=220,
    reads=(
        "Contractions are encouraged.", "Plain verbs should be used.", "It's fine to use slang.",
        "Sentence case is used for all headings.", "Emojis are welcome.", "Short forms are permitted in posts.",
    ),
    leaves=("Contractions are not encouraged.", "Jargon should be known.", "It is fine.", "Users should be addressed.",
        "Slang is not allowed."),
)  # fmt: skip

TELLS_YOU_TO = Rule[Side](
    name="tells_you_to",
    told="voice_do",
    words="the sentence tells writers what they should or may do",
    pattern=re.compile(
        r"(?i)^\W*(?:\w+, )?(?:you|writers|authors) (?:should|must|may|can) (?:always |also |only )?"
        r"(?:use|write|say|keep|address|speak|sound|be|avoid|refer|call|aim|choose|prefer|try)\b"
    ),
    guard=re.compile(r"(?i)\b(?:not|never|no|avoid)\b"),
    unless=_OF_READERS,
    most=220,
    reads=("You should use plain verbs.", "Writers should keep it short.", "You can use humour."),
    leaves=("You can see it.", "You should not use slang.", "You should avoid slang.", "If you must use slang, do."),
)

SAYS_IT_MUST = Rule[Side](
    name="says_it_must",
    told="voice_do",
    words="the sentence says outright what must be: a cross in front of it is that of the picture beside it",
    pattern=re.compile(
        r"(?i)\b(?:must|shall|should|needs? to|ha(?:s|ve) to|(?:is|are) required)\b(?! not\b| never\b)|"
        rf"{pattern('must')}"
    ),
    unless=re.compile(
        r"(?i)\b(?:not|never|no|cannot|avoid\w*|nor|without|wrong\w*)\b|n[’']t\b|"
        rf"{pattern('negative_inside')}|{pattern('negative_start')}|{pattern('must_not')}"
    ),
    reads=("The badge must carry the sign.", "Das Logo muss links stehen.", "Le logo doit être bleu."),
    leaves=(
        "The badge must not carry a sign.", "Use the logo on photos", "Das Logo muss nicht links stehen.",
        "Le logo ne doit pas être bleu.", "Must never be tilted",
    ),
)  # fmt: skip

RULES_ON_STATEMENTS = (SAYS_IT_IS_UNWANTED, TELLS_YOU_NOT_TO, SAYS_IT_IS_WANTED, TELLS_YOU_TO)
"""In the order in which they are asked: what is unwanted first."""
RULES = (*RULES_ON_STATEMENTS, SAYS_IT_MUST)


def obliges(sentence: str) -> Side | None:
    """What a statement asks of those who write; None where it asks nothing."""
    asked = without_purpose(sentence)
    return next((rule.told for rule in RULES_ON_STATEMENTS if rule.reads_text(asked)), None)


def outweighs_its_mark(sentence: str, mark: str | None) -> bool:
    """Whether a cross in front of a sentence is that of the picture beside it: the words oblige."""
    return mark == "dont" and SAYS_IT_MUST.reads_text(without_purpose(sentence))

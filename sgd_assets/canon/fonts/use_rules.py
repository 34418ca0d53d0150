"""Sentences that give a name a use which only type has, as records: `str -> [(name, start)]`.

'Solveig is used for headlines', 'Koppen worden gezet in Solveig'. On a page about type the trade need not know the
name. What must not live here: sentences that call a name a font (`fonts/patterns.py`).
"""

import re
from collections.abc import Iterator
from typing import Literal

from sgd_assets.canon.facts.rule import Rule
from sgd_assets.canon.fonts.names import NAME
from sgd_assets.canon.words.vocabulary import pattern

_MARKS = r"[\"'“”„‘’«»`*_]*\s?"
_USES = (
    rf"(?:headings?|headlines?|titles?|sub ?heads?|subheadings?|body(?: (?:copy|text))?|running text|copy|captions?|"
    rf"{pattern('heading_text')}|{pattern('body_text')})(?!\w)"
)
_FEW = r"(?:[\w’'-]+,?\s+){0,4}?"
_NAMED = rf"{_MARKS}(?P<name>{NAME}){_MARKS}\s*"
_NEVER = re.compile(
    r"(?i)\b(?:not|never|no longer|don[’']t|avoid|nicht|nie|niemals|kein\w*|pas|jamais|nunca|não|non|mai|niet|nooit|"
    r"geen|inte|aldrig|ikke|ne)\b"
)

USED_FOR = Rule[Literal["used"]](
    name="used_for",
    told="used",
    words="the sentence says that the name is used for headings or running text",
    pattern=re.compile(
        rf"{_NAMED}(?:(?i:(?:is|are|should be|must be)\s+(?:\w+\s+)?(?:used|set|reserved)\s+(?:for|in|as)|"
        rf"(?:wird|kommt|dient)\s+(?:\w+\s+)?(?:für|bei|in|als)|est\s+(?:utilis|employ|réserv)ée?s?\s+(?:pour|dans)|"
        rf"se\s+(?:usa|utiliza|emplea|aplica)\s+(?:para|en)|(?:viene|è)\s+(?:usat|utilizzat|impiegat)[oa]\s+(?:per|nei)|"
        rf"é\s+(?:usad|utilizad|aplicad)[oa]\s+(?:para|em|nos)|wordt\s+(?:gebruikt|ingezet|toegepast)\s+voor|"
        rf"(?:stosujemy|jest stosowan\w+|służy)\s+(?:w|do|dla)|används\s+(?:för|i|till)|bruges\s+(?:til|i)|"
        rf"se\s+používá\s+(?:pro|v|na)))\s+{_FEW}(?i:{_USES})"
    ),
    guard=_NEVER,
    most=600,
    reads=(
        "Solveig is used for headlines.", "Solveig Sans wird für Überschriften eingesetzt.",
        "Solveig est utilisée pour les titres.", "Solveig se usa para los titulares.",
        "Solveig viene usato per i titoli.", "Solveig é usada para títulos.", "Solveig wordt gebruikt voor koppen.",
        "Solveig används för rubriker.", "Solveig se používá pro nadpisy.",
    ),
    leaves=(
        "The logo is used for partners.", "solveig is used for headlines", "Never: Arial is used for headlines.",
        "Das Logo wird für Partner eingesetzt.",
    ),
)  # fmt: skip

USED_IN_GERMAN_ORDER = Rule[Literal["used"]](
    name="used_behind_its_use",
    told="used",
    words="the use stands in front of the verb, the name behind it",
    pattern=re.compile(
        rf"(?i:(?:für|in|bei|voor|för|til|til|pro|para|pour|per|for)\s+{_FEW}{_USES}\W{{0,3}}\s+{_FEW}"
        rf"(?:wird|werden|kommt|verwenden wir|nutzen wir|setzen wir|gebruiken we|gebruiken wij|wordt|använder vi|"
        rf"används|bruger vi|bruges|používáme|usamos|utilizamos|on utilise|nous utilisons|usiamo|utilizziamo|"
        rf"we use|use)\s+(?:(?:die|der|das|de|het|la|le|el|il|lo|a|o|the|ausschließlich|immer)\s+){{0,2}}){_NAMED}"
    ),
    guard=_NEVER,
    most=600,
    reads=(
        "Für Fließtexte wird die Sintral Text verwendet.", "Für Überschriften nutzen wir Solveig.",
        "Voor koppen gebruiken we Solveig.", "Para los títulos usamos Solveig.",
        "Pour les titres, nous utilisons Solveig.",
        "For headlines, use Solveig.", "För rubriker använder vi Solveig.",
    ),
    leaves=(
        "Für Partner wird das Logo verwendet.", "For headlines, use short words.",
        "Für Überschriften nutzen wir nie Arial.",
        "Pour nos partenaires, nous utilisons Solveig.",
    ),
)  # fmt: skip

SET_IN = Rule[Literal["used"]](
    name="set_in_its_language",
    told="used",
    words="the sentence says that headings or running text are set in the name",
    pattern=re.compile(
        rf"(?i:{_USES})[^.!?\n]{{0,60}}?\b(?i:(?:sind|ist|werden|wird)\s+(?:\w+\s+)?(?:in|aus)\s+(?:der\s+)?|"
        rf"(?:sont|est)\s+(?:toujours\s+)?(?:compos|écrit)\w*\s+en\s+(?:la\s+)?|"
        rf"se\s+(?:componen?|escriben?)\s+(?:en|con)\s+(?:la\s+)?|(?:sono|è)\s+(?:compost|scritt)\w\s+in\s+|"
        rf"(?:são|é)\s+(?:compost|escrit)[oa]s?\s+(?:em|na)\s+|(?:worden|wordt|zijn|is)\s+(?:altijd\s+)?"
        rf"(?:gezet|opgemaakt|geschreven)\s+in\s+(?:het\s+lettertype\s+|de\s+)?|(?:sätts|är satta)\s+i\s+|"
        rf"sættes\s+(?:i|med)\s+|"
        rf"(?:are|is)\s+(?:always\s+)?(?:set|typeset)\s+in\s+(?:the\s+)?){_NAMED}"
    ),
    guard=_NEVER,
    most=600,
    reads=(
        "Koppen worden gezet in ‘Sterna Machina’.", "Überschriften werden in der Solveig gesetzt.",
        "Les titres sont composés en Solveig Bold.", "Headlines are set in Solveig.", "Rubriker sätts i Solveig.",
    ),
    leaves=(
        "Koppen worden gezet in hoofdletters.", "Headlines are set in bold.", "Das Logo wird in Blau gesetzt.",
        "Überschriften werden nie in Arial gesetzt.",
    ),
)  # fmt: skip

RULES = (USED_FOR, USED_IN_GERMAN_ORDER, SET_IN)


def used_names(sentence: str) -> Iterator[tuple[str, int]]:
    """(name as written, where it begins) of each rule that a sentence meets."""
    for rule in RULES:
        if rule.reads_text(sentence):
            met = rule.pattern.search(sentence)
            if met is not None:
                yield met["name"], met.start("name")

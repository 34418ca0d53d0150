"""Which sentences say how much space the logo keeps around itself, or that it keeps some: `sentence -> Space`.

The names of that space, the words for space, for around, and for leaving it are the languages' own (`words/languages`).
What must not live here: the machine form of a rule (`logo/measure.py`), and which sentences are on the logo at all
(`logo/rules.py`).
"""

import re
from typing import Literal

from sgd_assets.canon.facts.rule import Rule
from sgd_assets.canon.logo.measure import QUANTITY, measure_of
from sgd_assets.canon.reading.sections import PlacedBlock
from sgd_assets.canon.words import topics
from sgd_assets.canon.words.vocabulary import joined, pattern

Space = Literal["exact", "vague"]

MIN_SIZE = joined(
    r"(?i)\b(?:min(?:imum|imal|\.)?|smallest|at least|minimim)(?=\W)[^.;]{0,50}\b(?:size|width|height|wide|tall|"
    r"high)\b"
    r"|\b(?:size|width|height)\b[^.;]{0,40}\b(?:at least|no (?:less|smaller) than|min(?:imum)?)(?!\w)"
    r"|\b(?:never|not|no|don[’']t|avoid)\b[^.;]{0,60}\b(?:smaller|less|below|under|narrower)\b(?: than)?[^.;]{0,20}\d"
    r"|\bmust appear at least\b|\b(?:logo|mark|symbol|icon|lock-?up|wordmark)\b[^.;]{0,40}\bminim[ui]m of \d"
    r"|\bmin(?:imum)?\.? (?:size|width|height)\b|\bsmallest\b.{0,60}\d",
    "minimum_size",
)
"""What is said of the least size, of which a length below a heading on space would be taken for the space."""
_AROUND = joined(
    r"(?i)\b(?:around|surround\w*|each side|all (?:\w+ )?sides|every side|both sides|either side|between|border|from|"
    r"around it|all around|edges?|stand-?off|clearance)\b",
    "around",
)
_TEACHING = re.compile(
    r"(?i)\b(?:is used to|determin|guide|equals?|minimum|at least|or (?:greater|more)|should be|must be|half|"
    r"width|height|equivalent|letter|same as|\d+(?:px|mm|cm|pt|x)?|surrounded)\b|[%½¼=]|"
    + pattern("dimension")
    + "|"
    + pattern("half")
)
_ALL_AROUND = joined(r"(?i)\b(?:around|surround\w*|(?:on|at) (?:all|every|each|both) (?:\w+ )?sides?)\b", "around")
_RULE = 420  # characters that a quoted rule shows
_SHORTEST = 12  # 'Clear space.' alone: a title, no rule
_NEAR = 40  # characters from the word for space to what it goes around: the same clause
_INSTRUCTS = re.compile(
    r"(?i)^\W*(?:please |always )?(?:allow|keep|leave|give|maintain|ensure|make sure|provide|preserve|surround)\b|"
    r"^\W*(?:please |always )?use\b[^.;]{0,40}\bwith\b|"
    rf"\b(?:must|should|needs? to|has to|have to)\b|{pattern('must')}|{pattern('keep_free')}"
)
_SURROUNDED = re.compile(
    r"(?i)\b(?:surrounded|umgeben|entouré|rodead[oa]|circondat[oa]|cercad[oa]|omgeven)\b[^.]{0,60}$"
)
_GIVEN = re.compile(
    r"(?i)^\W*(?:please |always )?(?:allow|give|grant|leave)\s+(?:the|our|your|each|every)\b[^.;]{0,40}$"
)
"""'Give the logo ...', in front of the space it is given."""
_INSIDE = re.compile(r"(?i)\bwithin (?:the |a )?safe (?:area|zone|space)\b")
"""The safe area of a page or film: there things stand inside, around a logo nothing does."""
_NUMBER = re.compile(r"^[\W\d_]+|\W+$")
"""A heading's number in front of its name, and what ends it."""
_HEAD_WORDS = 5  # parts 'Space around the logo' from a sentence set as a heading

_NAMES_LOGO = re.compile(topics.LOGO.pattern)

KEPT_AWAY = Rule[Space](
    name="kept_away",
    told="vague",
    words="it asks to keep other things away from the logo",
    pattern=re.compile(
        r"(?i)\b(?:keep|keeping|kept|stay|place[ds]?|leave|remain|set|position(?:ed)?|move[ds]?)\b[^.;:]{0,60}"
        r"\b(?:away|clear|apart|distance|spaced) (?:from|of)\s+(?:the|our|your|this|each|every|any)\s+"
        r"(?:[\w-]+\s+){0,2}"
        rf"(?:{topics.LOGO.pattern.removeprefix('(?i)')})"
    ),
    unless=re.compile(r"(?i)\b(?:background|corners?|edges?|children|hands?)\b"),
    reads=(
        "Keep other elements away from the logo by at least 20px.",
        "Text and pictures must stay 1X away from the logo.",
        "Keep all other graphics clear of our primary mark.",
    ),
    leaves=(
        "Keep the logo away from busy pictures.", "Keep the logo away from the edges of the badge.",
        "Stay away from jargon.", "Keep your hands clear of the emblem.",
    ),
)  # fmt: skip

CLOSER = Rule[Space](
    name="nothing_closer",
    told="exact",
    words="it says that nothing comes closer than a length",
    pattern=joined(
        r"(?i)\b(?:no|nothing|any|never|not|don[’']t)\b[^.;]{0,80}"
        r"\b(?:within|closer(?: \w+)? than|nearer(?: \w+)? than)\b[^.;]{0,60}\b(?:of|to|from|than)\b",
        "closer",
    ),
    needs=_NAMES_LOGO,
    reads=(
        "No text may come within 10 mm of the logo.", "Don't place anything closer than 5 mm to the mark.",
        "Kein Element darf näher als 10 mm am Logo stehen.", "Aucun texte à moins de 5 mm du logo.",
        "Ningún elemento a menos de 5 mm del logotipo.", "Nessun elemento deve trovarsi a meno di 10 mm dal logo.",
        "Nenhum elemento a menos de 5 mm do logotipo.", "Niets staat dichter dan 5 mm bij het logo.",
        "Ingen text får placeras närmare än 10 mm från logotypen.", "Intet må stå tættere end 5 mm på logoet.",
        "Nic nie może stać bliżej niż 5 mm od logo.", "Nic nesmí být blíž než 5 mm od loga.",
        "ロゴから10mm以内に文字を置かないでください。",
    ),
    leaves=("Nothing is closer to us than you.", "The logo is near the top.", "The logo stands within the frame."),
)  # fmt: skip

BREATHES = Rule[Space](
    name="breathes",
    told="vague",
    words="it asks to let the logo breathe",
    pattern=joined(
        r"(?i)\b(?:let(?:ting)?|allow(?:s|ing)?|gives?|giving|needs?|helps?|must|should|deserves?)\b[^.;]{0,60}"
        r"\b(?:breathe|breathing|breath)\b",
        "breathe",
    ),
    needs=_NAMES_LOGO,
    reads=(
        "Let the logo breathe.", "Our mark needs to breathe.", "Das Logo braucht Luft zum Atmen.",
        "Laissez respirer le logo.", "Deje respirar el logotipo.", "Lasciate respirare il logo.",
        "Deixe o logotipo respirar.", "Laat het logo ademen.", "Låt logotypen andas.", "Lad logoet ånde.",
        "Pozwól logo oddychać.", "Nechte logo dýchat.",
    ),
    leaves=("A breath of fresh air for our logo.", "Let your layout breathe.", "Take a deep breath."),
)  # fmt: skip

GIVES_ROOM = Rule[Space](
    name="gives_room",
    told="vague",
    words="it asks for room or space for the logo, or between it and the rest",
    pattern=re.compile(
        r"(?i)^\W*(?:please |always |and )?(?:allow|keep|leave|give|maintain|ensure|make sure|provide|preserve|"
        r"add|use|apply|include|reserve)\b[^.;]{0,60}\b(?:plenty|enough|sufficient|some|lots?|ample|adequate|generous|more|"
        r"extra|a (?:little|bit)|comfortable|clear|empty|white|blank|negative|breathing)\b[^.;]{0,24}"
        r"\b(?:space|room|padding|air|margins?)\b"
    ),
    needs=_NAMES_LOGO,
    unless=re.compile(r"(?i)\b(?:inside|within) (?:the|our) (?:logo|mark)\b|\broom for (?:improvement|growth)\b"),
    reads=(
        "Make sure there's plenty of space between the logo and anything else.",
        "Give our logo some room.", "Please leave enough padding around our logo.",
        "Use ample white space near the mark.",
    ),
    leaves=(
        "Use the logo in some rooms.", "There is plenty of space for growth.", "Leave some space between paragraphs.",
        "The logo uses negative space.",
    ),
)  # fmt: skip

KEPT_BETWEEN = Rule[Space](
    name="kept_between",
    told="exact",
    words="it asks to leave something between the logo and the rest",
    pattern=re.compile(
        r"(?i)^\W*(?:please |always )?(?:keep|leave|allow|maintain|ensure|provide)\b[^.;]{0,80}"
        r"\bbetween (?:it|them|the|our)\b[^.;]{0,40}\b(?:and|from) (?:any|all|the|other|every|text|pictures|edges?)\b"
    ),
    unless=re.compile(r"(?i)\b(?:words|letters|lines|paragraphs|columns|contrast)\b"),
    reads=("Keep at least the height of the N between it and other elements.",),
    leaves=("Keep enough contrast between the logo and the background.", "Choose between it and other elements."),
)  # fmt: skip

RULES = (KEPT_AWAY, KEPT_BETWEEN, CLOSER, BREATHES, GIVES_ROOM)


def speaks_of_space(sentence: str) -> bool:
    """Whether the next sentence may say how much space is meant."""
    return bool(topics.CLEAR_SPACE.search(sentence) or (topics.SPACE.search(sentence) and _AROUND.search(sentence)))


def clear_space(sentence: str, item: PlacedBlock, *, opens_section: bool) -> Space | None:
    """Whether a sentence says how much space the logo keeps, or only that it keeps some.

    Exact: it names that space and teaches how to measure it, or speaks of space around something and gives a measure.
    Vague: it asks for that space around the logo, or is the first to speak of the logo below a heading that names it.
    """
    if item.block.kind == "heading" or len(sentence) < _SHORTEST or _INSIDE.search(sentence):
        return None
    heading = item.path[-1] if item.path else ""
    is_headed = bool(topics.CLEAR_SPACE.search(heading))
    is_around = bool(_AROUND.search(sentence))
    if topics.CLEAR_SPACE.search(sentence):
        is_vague = is_headed or _asks_for_space(sentence)
        is_exact = _TEACHING.search(sentence) or (is_headed and has_measure(sentence, item))
        return "exact" if is_exact else "vague" if is_vague else None
    if CLOSER.reads_text(sentence, is_named=True) and QUANTITY.search(sentence):
        return CLOSER.told
    if KEPT_AWAY.reads_text(sentence):
        return "exact" if has_measure(sentence, item) else KEPT_AWAY.told
    if topics.SPACE.search(sentence) and _TEACHING.search(sentence) and is_around and has_measure(sentence, item):
        return "exact"
    is_said = is_headed or (_is_below_protection(item) and (is_around or _names_space(sentence)))
    measure = measure_of(sentence, context=item.text) if is_said else None
    if measure is not None and (measure.unit in ("ratio", "percent") or not MIN_SIZE.search(sentence)):
        return "exact"
    speaks_of_it = topics.LOGO.search(sentence) and (is_around or topics.SPACE.search(sentence))
    is_opening = is_headed and opens_section and bool(speaks_of_it)
    if KEPT_BETWEEN.reads_text(sentence) and has_measure(sentence, item):
        return KEPT_BETWEEN.told
    is_loose = any(rule.reads_text(sentence) for rule in (BREATHES, GIVES_ROOM))
    return "vague" if is_opening or is_loose or _asks_for_space(sentence) else None


def _names_space(sentence: str) -> bool:
    return bool(topics.SPACE.search(sentence) or topics.PROTECTION.search(sentence))


def _is_below_protection(item: PlacedBlock) -> bool:
    """Whether the heading right above, below one on the logo or with its name, says that something is kept or left:
    'Protection', 'Space around the logo'."""
    *above, heading = item.path or ("",)
    words = _NUMBER.sub("", heading)
    if len(words.split()) > _HEAD_WORDS or not topics.PROTECTION.search(words):
        return False
    is_alone = topics.PROTECTION.fullmatch(words) is not None and any(topics.LOGO.search(text) for text in above)
    return is_alone or topics.LOGO.search(words) is not None


def _asks_for_space(sentence: str) -> bool:
    """'Keep clear space around the logo', 'The logo must be surrounded by white space': the space, what it lies around
    and the logo stand close together, and a space without a name stands in an instruction."""
    sentence = sentence[:_RULE]
    spaces = topics.CLEAR_SPACE.finditer(sentence)
    if _INSTRUCTS.search(sentence):
        if topics.SPACE.search(sentence) and _ALL_AROUND.search(sentence) and topics.LOGO.search(sentence):
            return True
        spaces = topics.SPACE.finditer(sentence)
    for space in spaces:
        around = _AROUND.search(sentence, space.start(), space.end() + _NEAR)
        if around and topics.LOGO.search(sentence[around.end() : around.end() + _NEAR]):
            return True
        if around and re.match(r"(?i)\W*(?:it|them)\b", sentence[around.end() :]) and topics.LOGO.search(sentence):
            return True
        if topics.LOGO.search(sentence[: space.start()]) and _GIVEN.match(sentence[: space.start()]):
            return True
        if topics.LOGO.search(sentence[: space.start()]) and _SURROUNDED.search(sentence, 0, space.start()):
            return True
    return False


def has_measure(sentence: str, item: PlacedBlock) -> bool:
    """Whether a sentence of a block gives a measure."""
    return measure_of(sentence, context=item.text) is not None

"""A logo rule in machine form: `sentence -> Measure`, or None where it cannot be read for sure.

Reads ratios ("half the height of the symbol", "the logo's width", "1.5 X" with what X is), percentages and lengths. Of
several measures in one sentence a clear space takes the ratio, a minimum size the length: that is how each is meant.
What must not live here: which sentences are rules (`logo/rules.py`).
"""

import re
from typing import Literal

from sgd_assets.canon.model import Measure
from sgd_assets.canon.words.vocabulary import pattern

_Unit = Literal["ratio", "px", "mm", "cm", "in", "pt", "percent"]
QUANTITY = re.compile(
    r"(?i)(?<![\w.,/])(\d+(?:[.,]\d+)?|[.,]\d+)\s*-?(px|pixels?|píxeles|pixel|mm|millimet(?:er|re)s?|millimètres?|"
    r"milímetros|millimetri|cm|centimet(?:er|re)s?|in(?:ch(?:es)?)?\b\.?|zoll|pouces?|pulgadas?|pollici|"
    r"[\"”″](?=[\s).,;/]|$)|"
    r"pt|points?|%|percent|prozent|pour cent|por ciento|procent)(?![\w])"
)
_UNITS: dict[str, _Unit] = {
    "px": "px",
    "pi": "px",
    "pí": "px",
    "mm": "mm",
    "mi": "mm",
    "cm": "cm",
    "ce": "cm",
    "in": "in",
    "zo": "in",
    "po": "in",
    "pu": "in",
    '"': "in",
    "”": "in",
    "″": "in",
    "pt": "pt",
    "%": "percent",
    "pe": "percent",
    "pr": "percent",
}
_WORD_FACTORS: tuple[tuple[str, float], ...] = (
    (rf"half|one[- ]half|1/2|½|{pattern('half')}", 0.5),
    (rf"(?:a|one)[- ]third|1/3|⅓|{pattern('third')}", 1 / 3),
    (r"two[- ]thirds|2/3|⅔", 2 / 3),
    (rf"(?:a|one)[- ]quarter|(?:a|one)[- ]fourth|1/4|¼|{pattern('quarter')}", 0.25),
    (r"three[- ]quarters|3/4|¾", 0.75),
    (r"1/5|(?:a|one)[- ]fifth", 0.2),
    (rf"twice|double|two times|{pattern('twice')}", 2.0),
    (r"three times|triple", 3.0),
    (r"one times|one", 1.0),
    (r"two", 2.0),
)
_FACTOR = (
    r"(?:(?P<word>"
    + "|".join(expression for expression, _ in _WORD_FACTORS)
    + r")|(?P<number>\d+(?:[.,]\d+)?)\s*(?:x|×|times|-fache|fois|veces|volte|vezes|keer)?)"
)
_DIMENSION = (
    r"(?:cap(?:ital)?(?:[- ]letter)?[-_ ]?height|x[-_ ]?height|height|width|size|diameter|radius|length|"
    r"stroke(?:[- ]width)?|"
    rf"thickness|x-höhe|versalhöhe|{pattern('dimension')})"
)
_OF = (
    r"(?:of|des|der|vom|von|de la|de l['’]\s?|dello|della|dell['’]\s?|del|do|da|de|du|van het|van de|på|av|af|d['’]\s?)"
    r"(?:\s+(?:the|its|our|a|an|one|their|any|your|la|le|el|il|het|de)\b)?"
)
_MARK = r"(?:[\"“”‘«»„]|['’](?!s\b))?"
_THING = rf"{_MARK}[\w-]+{_MARK}(?:(?:['’]s)?\s+{_MARK}[\w-]+{_MARK}){{0,3}}"
_BEFORE = (
    r"(?:\s*(?:of\s+|x\s+|×\s+|von\s+|van\s+|de\s+|del\s+|della\s+|dell['’]|da\s+|do\s+)?"
    r"(?:(?:the|a|an|its|our|one|that|der|des|die|la|le|el|il|het|de)\s+|l['’])?\s*)"
)
_DIMENSION_OF = re.compile(
    rf"(?i)(?:(?<![\w.,/]){_FACTOR}{_BEFORE})?(?P<dim>{_DIMENSION})\s+(?P<of>{_OF})\s*(?P<thing>{_THING})"
)
_THINGS_DIMENSION = re.compile(
    rf"(?i)(?:(?<![\w.,/]){_FACTOR}{_BEFORE})?(?P<thing>(?:[\w-]+\s+)??[\w-]+(?:['’]s?)?)[\s-]+(?P<dim>{_DIMENSION})(?!\w)"
)
_COMPOUND = re.compile(
    rf"(?i)(?:(?<![\w.,/]){_FACTOR}\s+)?(?P<thing>)(?P<dim>\w{{3,}}(?:höhe|breite|hoogte|breedte))(?!\w)"
)
_BARE_DIMENSION = re.compile(rf"(?i)(?<![\w.,/]){_FACTOR}{_BEFORE}(?P<thing>)(?P<dim>{_DIMENSION})(?!\w)")
_LETTER = re.compile(
    rf"(?<![\w.,/])(?:(?i:{_FACTOR})\s*[x×]?\s*)?[\"'“‘«]?(?P<letter>[XYZHN]|(?<=\d)x|(?<=\s)x(?=\s*(?:$|"
    rf"[,.;)])))[\"'”’»]?(?!\w|-)"
)
_COUNTED = re.compile(
    r"(?i)\b(?:at least\s+|minimum of\s+|ideally,?\s+)?(?P<count>one|two|1|2|"
    r"half an?)\s+[‘'“\"]?(?P<thing>(?!side|third|"
    r"quarter|half of)[a-z][\w-]*(?:\s+[a-z][\w-]*){0,2}?)[’'”\"]?\s+(?:around|on (?:all|each|every|both|either)|"
    r"in every)\b"
)
_PERCENT_OF = re.compile(
    rf"(?i)(?P<percent>\d+(?:[.,]\d+)?)\s*(?:%|percent|prozent)(?:\s+(?:to|and|-|–)\s+\d+\s*%)?\s+(?:of\s+|der\s+|"
    rf"de\s+|van\s+)?"
    rf"(?:the\s+|its\s+|our\s+)?(?P<what>{_DIMENSION}\s+{_OF}\s*{_THING}|(?:[\w’'-]+\s+){{1,2}}{_DIMENSION})"
)
_JAPANESE = re.compile(
    r"(?P<thing>[ァ-ヶー一-龠A-Za-z]{1,12})(?:」|”)?の(?P<dim>高さ|横幅|縦幅|幅|直径|天地)"
    r"(?:の(?P<part>半分|[1１][/／][234２３４]|[234２３４]分の[1１])|の?(?P<times>\d+(?:\.\d+)?)倍)?"
)
_JAPANESE_PARTS = {"半": 0.5, "2": 0.5, "２": 0.5, "3": 0.3333, "３": 0.3333, "4": 0.25, "４": 0.25}
_LONGEST = 500
"""Characters of a sentence that are read; a rule is shorter, and time stays bounded."""
_HALVED = re.compile(
    r"(?i)\b(height|width)\s+of\s+(?:the\s+)?([\w“”\"']+)\b[^.]{0,30}\b(?:divide(?:d)?\s+(?:it\s+)?(?:in|"
    r"by)\s+(?:half|two|2)|/\s*2)"
)
_AS_LARGE_AS = re.compile(rf"(?i)\bas (?P<dim>wide|high|tall|large|big) as (?:the |its |our |an? )?(?P<thing>{_THING})")
_NOUNS = {"wide": "width", "high": "height", "tall": "height", "large": "size", "big": "size"}
_STOP = re.compile(
    r"(?i)\s+(?:in|on|at|is|are|around|between|for|when|within|from|used|should|must|free|to|as|and|or|which|that|"
    r"with|on|all|"
    r"surrounding|including|im|am|um|und|rund|auf|dans|sur|autour|en|alrededor|intorno|su|ao|em|rond|als|op|frei|"
    r"libre|vrij|fri|fritt|a su|a cada|i alla|hele vejen|runt|rundt|todo|tutt\w)\b.*"
)
_NO_THING = re.compile(
    r"(?i)^(?:white|clear|empty|free|negative|minimum|min|maximum|at|least|the|full|same|any|in|line|and|or|"
    r"its|a|an|is|by|to|than|with|of|that|this|no|not|original|total|px|mm|cm|pt|inch|inches|der|des|die|la|le|el|"
    r"il|het|de|del|van|von|da|do)$"
)


def measure_of(sentence: str, *, is_size: bool = False, context: str = "") -> Measure | None:
    """The rule in machine form.

    Args:
        sentence: the rule as printed.
        is_size: a minimum size, which is a length before it is a ratio.
        context: words around it that may say what a letter ('X') stands for.
    """
    sentence, context = sentence[:_LONGEST], context[: 4 * _LONGEST]
    if is_size and (length := _length(sentence)) is not None:
        return length
    if match := _HALVED.search(sentence):
        return Measure(unit="ratio", value=0.5, reference=f"{match[2].strip(chr(34) + '“”')} {match[1].lower()}")
    letter = _of_letter(sentence, context)
    if letter is not None and letter.reference is not None and len(letter.reference) > 1:
        return letter
    return (
        _percent_of(sentence)
        or _dimension_of(sentence)
        or _as_large_as(sentence)
        or _in_japanese(sentence)
        or letter
        or _counted(sentence)
        or _length(sentence)
    )


def _dimension_of(sentence: str) -> Measure | None:
    found = [
        match
        for expression in (_DIMENSION_OF, _THINGS_DIMENSION, _COMPOUND, _BARE_DIMENSION)
        for match in expression.finditer(sentence)
        if _is_thing(match)
    ]
    if not found:
        return None
    percent = re.search(r"\d\s?%", sentence)
    if percent is not None and all(_factor(match) is None and match.start() > percent.start() for match in found):
        return None

    def nearest(match: re.Match[str]) -> tuple[bool, int, bool, int]:
        has_no_factor = _factor(match) is None
        start = match.start("dim") if has_no_factor else match.start()
        # 'X höjden på bokstaven A' is of what stands behind
        return has_no_factor, start, match.re is not _DIMENSION_OF, -len(match[0])

    best = min(found, key=nearest)
    return Measure(unit="ratio", value=round(_factor(best) or 1.0, 4), reference=_reference(best))


def _is_thing(match: re.Match[str]) -> bool:
    """Whether the words beside a dimension name something of the logo, not the space itself or a bare 'the width'."""
    thing = _STOP.sub("", match["thing"])
    words = _words(thing)
    if re.match(r"[\"“‘«„]\w[\"”’»“]", thing):
        return True  # a letter in quotation marks, be it 'A'
    if match.re is _COMPOUND:
        return not re.match(r"(?i)(?:mindest|minimal|maximal|min|max)", match["dim"])
    if match.re is _BARE_DIMENSION:
        return _factor(match) is not None
    if not words or all(_NO_THING.match(word) for word in words):
        return False
    if match.re is _THINGS_DIMENSION:
        return not _NO_THING.match(words[-1]) and not re.search(r"\d", words[-1])
    return not re.match(r"(?i)(?:white|clear|empty|free|negative)\s", match["thing"])


def _as_large_as(sentence: str) -> Measure | None:
    """'As wide as the letter I'."""
    match = _AS_LARGE_AS.search(sentence)
    if match is None:
        return None
    thing = " ".join(_STOP.sub("", match["thing"]).split())
    return Measure(unit="ratio", value=1.0, reference=f"{_NOUNS[match['dim'].lower()]} of {thing}")


def _in_japanese(sentence: str) -> Measure | None:
    """'ロゴの高さの半分': what it is of, its dimension, and the part or the times of it."""
    match = _JAPANESE.search(sentence)
    if match is None:
        return None
    reference = f"{match['thing']}の{match['dim']}"
    part = match["part"]
    if part is None:
        return Measure(unit="ratio", value=float(match["times"] or 1), reference=reference)
    lower = part[0] if part[0] not in "1１" else part[-1]
    return Measure(unit="ratio", value=_JAPANESE_PARTS[lower], reference=reference)


def _reference(match: re.Match[str]) -> str | None:
    thing = " ".join(_STOP.sub("", match["thing"]).split()).strip(" ,.;:()")
    dimension = " ".join(match["dim"].split()).replace("_", "-")
    if match.re is _DIMENSION_OF:
        reference = f"{dimension} {' '.join(match['of'].split())} {thing}".strip()
        return re.sub(r"(?<=\b[dl]['’]) ", "", reference)
    words = thing.split()
    while words and _NO_THING.match(words[0]):
        words = words[1:]
    return " ".join([*words, dimension]) or None


def _factor(match: re.Match[str]) -> float | None:
    groups = match.groupdict()
    if groups.get("number"):
        return float(groups["number"].replace(",", "."))
    if not groups.get("word"):
        return None
    for expression, value in _WORD_FACTORS:
        if re.fullmatch(rf"(?i)(?:{expression})", groups["word"].strip()):
            return value
    return None


def _of_letter(sentence: str, context: str) -> Measure | None:
    match = _LETTER.search(sentence)
    if match is None:
        return None
    letter = match["letter"].upper()
    factor = _factor(match) or 1.0
    meaning = re.search(
        rf"[\"'“‘]?\b(?i:{letter})\b[\"'”’]?\s*(?:=|is|equals|represents|refers to|denotes|stands for|"
        rf"corresponds to|entspricht|"
        r"est|es|corresponde a|corrisponde a)\s+([^.;\n]{4,120})",
        f"{sentence}\n{context}",
    )
    inner = _dimension_of(meaning[1]) if meaning is not None else None
    if inner is not None:
        return Measure(unit="ratio", value=round(factor * inner.value, 4), reference=inner.reference)
    return Measure(unit="ratio", value=round(factor, 4), reference=letter)


def _counted(sentence: str) -> Measure | None:
    match = _COUNTED.search(sentence)
    if match is None:
        return None
    value = {"one": 1.0, "1": 1.0, "two": 2.0, "2": 2.0}.get(match["count"].lower(), 0.5)
    return Measure(unit="ratio", value=value, reference=match["thing"].strip())


def _percent_of(sentence: str) -> Measure | None:
    match = _PERCENT_OF.search(sentence)
    if match is None:
        return None
    what = " ".join(_STOP.sub("", match["what"]).split())
    return Measure(unit="percent", value=float(match["percent"].replace(",", ".")), reference=what)


def _length(sentence: str) -> Measure | None:
    match = QUANTITY.search(sentence)
    if match is None:
        return None
    unit = match[2].lower()
    return Measure(unit=_UNITS[unit[:1] if unit[0] in '"”″%' else unit[:2]], value=float(match[1].replace(",", ".")))


def _words(text: str) -> list[str]:
    return re.findall(r"[\w-]+", text)

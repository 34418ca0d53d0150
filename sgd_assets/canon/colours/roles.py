"""The part a colour plays, and a name a reader can say: words -> `Role`, `name`.

Own name first ("Primary Blue", "--text-muted"), then what the guide says it is used for, then the headings above it,
nearest first, then the hue word grey. Colours of states (error, success, focus, hover) play no part in the palette.
What must not live here: which colours are the brand's (`weigh/palette.py`), and reading documents.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from sgd_assets.canon.model import Role
from sgd_assets.canon.words import topics
from sgd_assets.canon.words.topic import Topic, topic_beside
from sgd_assets.canon.words.vocabulary import pattern

_STATE = Topic(
    r"(?i)\b(?:errors?|warnings?|success|danger|info|alerts?|invalid|valid|disabled|hover|focus|visited|active|pressed|"
    r"selected|links?|borders?|dividers?|outline|placeholder|shadow|overlay|buttons?|btn|inputs?|states?|status|"
    rf"feedback|functional|semantic)\b|{pattern('functional')}"
)
_PRIMARY = topic_beside(r"(?i)\b(?:primary|main|core|principal|lead|dominant|hero|master|signature)\b", "primary")
_PRIMARY_SET = re.compile(r"(?i)\b(?:primary|main|core|principal)\s+(?:\w+\s+){0,2}?(?:colou?rs?|palette|brand)\b")
_TEXT = topic_beside(
    r"(?i)\b(?:text|body ?copy|body|foreground|fg|ink|typography|copy|headings?|headlines?|titles?|paragraphs?)\b",
    "text",
)
_TEXT_HEADING = topic_beside(r"(?i)\b(?:text|body copy|foreground)\b", "text")
_BACKGROUND = topic_beside(r"(?i)\b(?:backgrounds?|bg|surfaces?|canvas|backdrop|ground)\b", "background")
_ACCENT = topic_beside(r"(?i)\b(?:accents?|highlights?|emphasis|call[- ]to[- ]actions?|ctas?|pop)\b", "accent")
_GREY = topic_beside(r"(?i)\b(?:gr[ae]ys?|greyscale|grayscale|slate|silver|charcoal)\b", "neutral")
_NEUTRAL = topic_beside(r"(?i)\b(?:neutrals?|greyscale|grayscale)\b", "neutral")
_NEGATED = re.compile(r"(?i)\b(?:not|never|don[’']t|avoid|except|kein\w*|nicht|pas|no)\b[^.;]*")

_OTHERS_GROUND = r"(?:\w+[- ]+){0,3}?(?:backgrounds?|surfaces?|grounds?)\b"
_STANDS_ON = re.compile(rf"(?i)\b(?:on|onto|upon|against|over)\s+{_OTHERS_GROUND}")
_STANDS_ON_OR_FOR = re.compile(rf"(?i)\b(?:on|onto|upon|against|over|for|with)\s+{_OTHERS_GROUND}")
"""A ground that a colour stands on, which it is not itself."""
_DRAWN = Topic(r"(?i)\b(?:logos?|logotypes?|wordmarks?|marks?|icons?|symbols?|emblems?)\b")
_SHAPE_NAME = re.compile(
    r"(?i)^(?:paint\d+\w*|path|rect(?:angle)?|circle|ellipse|polygon|polyline|line|group|layer|shape|fill|stroke|use|text|tspan|svg|g|"
    r"stop|linear[- ]?gradient|radial[- ]?gradient|gradient|background|image|picture|clip[- ]?path|mask|def(?:s|ault)?|"
    r"vector|union|subtract|intersect|frame|bg|cls|st|id|color|colour|swatch|sample|aa|abc?)[-_ ]?\d*$"
)
_TOKEN = re.compile(r"^(?:[$@]|--|\.)|[-_]{2}|^[a-z][\w]*(?:[-_.][\w]+)+$|^[a-z]+(?:[A-Z][a-z0-9]+)+$|\w\(")
_VALUE = re.compile(
    r"(?i)^(?:#?[0-9a-f]{6}(?:[0-9a-f]{2})?|#[0-9a-f]{3,4}|(?:rgb|hsl|oklch|oklab|lab|lch|cmyk)a?\b.*|[\d\s.,/%:-]+)$"
)
"""A notation of the colour is not its name."""
_FILLER = frozenset(
    {"color", "colour", "colors", "colours", "clr", "col", "palette", "swatch", "base", "var", "default"}
)
_LONGEST = 40
_FEWEST_WITH_A_PREFIX = 3
_MOST_OF_THEM = 0.6


_CHANNELS = re.compile(r"(?:[A-Za-z]\s*[:=]?\s*\d{1,3}\s*%?[\s,;/|·•-]*){2,4}")
"""'R 247 | G 148 | B 29', 'C 91 M 62': values beside a colour, no name of it."""


def role_of(name: str | None, path: Sequence[str], use: str = "") -> Role | None:
    """The part a colour plays.

    Args:
        name: its own name, a variable's name included.
        path: headings above it, outermost first.
        use: what the words beside it say it is for.
    """
    own = _as_words(name or "")
    if _STATE.search(own) and not re.search(r"(?i)\b(?:primary|secondary|accent)\b", own):
        return None
    is_primary_set = bool(path) and _of_heading(path[-1]) == "primary"
    role = _explicit(own) or ("primary" if is_primary_set else _used_as(_own_use(own, use)))
    if role is not None:
        return role
    for heading in reversed(path):
        if topics.FUNCTIONAL.search(heading) or _STATE.search(heading):
            return None
        role = _of_heading(heading)
        if role is not None:
            return role
    return "neutral" if _GREY.search(own) else None


def readable_name(name: str | None, prefix: str | None = None) -> str | None:
    """A name as a person would say it; None for a drawing program's shape names, captions and sentences.

    Args:
        name: as claimed: printed with the colour, or a variable, or a shape's id.
        prefix: the word that most variables of the same document begin with (`common_first`), left out of the name.
    """
    text = " ".join((name or "").split()).strip(" :;,.–—•*`'\"[]&|")
    text = text if text.startswith("--") else text.strip("-")
    text = text if text.count("(") == text.count(")") else text.strip("()")
    if not text or (name or "").rstrip().endswith(":") or len(text) > _LONGEST:
        return None
    if _SHAPE_NAME.match(text) or _VALUE.match(text) or _CHANNELS.fullmatch(text):
        return None
    if not _TOKEN.search(text):
        return text
    called = re.search(r"\w\(\s*[\"']?([\w -]+)[\"']?\s*\)", text)
    words = _token_words(called[1] if called else text)
    is_prefixed = prefix is not None and _token_words(text)[:1] == [prefix] == words[:1]
    if is_prefixed and re.search(r"[^\W\d_]{2}", " ".join(words[1:])):
        words = words[1:]
    kept = [word for word in words if word not in _FILLER] or words
    spoken = " ".join(kept)
    return spoken[:1].upper() + spoken[1:] if re.search(r"[^\W\d_]", spoken) else None


def common_first(names: Iterable[str]) -> str | None:
    """The first word that most variables of a document share: the system's own name."""
    firsts = [words[0] for name in names if _TOKEN.search(name) and len(words := _token_words(name)) > 1]
    if len(firsts) < _FEWEST_WITH_A_PREFIX:
        return None
    word, count = Counter(firsts).most_common(1)[0]
    return word if count >= _MOST_OF_THEM * len(firsts) else None


def is_state(name: str | None, set_name: str) -> bool:
    """Whether a colour tells a state of a page or dresses one of its parts, by its name or its set's."""
    own = _as_words(name or "")
    if re.search(r"(?i)\b(?:primary|secondary|accent)\b", own):
        return False
    return bool(_STATE.search(own) or topics.FUNCTIONAL.search(set_name))


def name_key(name: str) -> str:
    """A name's letters and digits, for comparing what a sentence calls primary with a swatch's caption."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _explicit(words: str) -> Role | None:
    """A role word in the colour's own name."""
    if _TEXT_HEADING.search(words):
        return "text"
    for expression, role in ((topics.SECONDARY, "secondary"), (_PRIMARY, "primary"), (_ACCENT, "accent")):
        if expression.search(words):
            return role  # type: ignore[return-value]  # each is a Role
    if _BACKGROUND.search(words):
        return "background"
    return "neutral" if _NEUTRAL.search(words) else None


def _own_use(own: str, use: str) -> str:
    """What the colour itself is used for, without what it is not for and what it is only put on."""
    stands_on = _STANDS_ON_OR_FOR if _DRAWN.search(own) else _STANDS_ON
    return stands_on.sub("", _NEGATED.sub("", use))


def _used_as(use: str) -> Role | None:
    """What a guide says that a colour is for: 'Default background', 'Body text, headlines', 'Primary brand colour'."""
    if not use.strip() or (_STATE.search(use) and not _PRIMARY_SET.search(use) and not _ACCENT.search(use)):
        return None
    if _PRIMARY_SET.search(use):
        return "primary"
    is_ground, is_text = bool(_BACKGROUND.search(use)), bool(_TEXT.search(use))
    if is_ground != is_text:
        return "background" if is_ground else "text"
    for expression, role in (
        (_PRIMARY, "primary"),
        (topics.SECONDARY, "secondary"),
        (_ACCENT, "accent"),
        (_NEUTRAL, "neutral"),
    ):
        if expression.search(use):
            return role  # type: ignore[return-value]  # each is a Role
    return None


def _of_heading(heading: str) -> Role | None:
    for expression, role in (
        (topics.SECONDARY, "secondary"),
        (_PRIMARY, "primary"),
        (topics.ACCENT, "accent"),
        (topics.NEUTRAL, "neutral"),
        (_BACKGROUND, "background"),
        (_TEXT_HEADING, "text"),
    ):
        if expression.search(heading):
            return role  # type: ignore[return-value]  # each is a Role
    return None


def _as_words(name: str) -> str:
    return " ".join(_token_words(name)) if _TOKEN.search(name) else re.sub(r"[-_.$/]+", " ", name)


def _token_words(token: str) -> list[str]:
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", token)
    return [word.lower() for word in re.split(r"[\s\-_.$@/()\"']+", spaced) if word]

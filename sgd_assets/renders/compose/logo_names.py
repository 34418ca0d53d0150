"""What the names of files say of being the brand's logo: points, and names that are another's.

Names are hints only: what a file shows is measured (`logos.py`). What must not live here: opening a file.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from sgd_assets.evidence.manifest import EvidenceItem

# Points for what a file's name says of being the logo; one word against it outweighs all that speak for it.
_NAME_SCORES = (
    (r"logo(?!type sample)", 6.0),
    (r"lock-?up", 5.0),
    (r"word-?mark|logotype", 4.0),
    (r"brand-?mark|symbol|\bmark\b|emblem", 2.5),
    (r"icon|glyph|avatar|pfp|favicon|puck", 1.0),
    (r"horizontal|horz|primary|full", 1.5),
    (r"colou?r\b|rgb", 0.8),
    (r"stacked|vertical|secondary", -0.4),
    (r"print|cmyk", -1.0),
    (r"partner|sponsor|co-?brand|\bclients?\b|customer|funder|supporter|powered by|\w x \w", -20.0),
    (r"mis-?use|don'?t|wrong|incorrect|\bbad\b|avoid", -20.0),
    (r"clear-?space|safe-?zone|safe-?area|minimum|construction|\bgrid\b", -20.0),
    (r"palette|swatch|colou?rs\b|typograph|heading|font|sample|specimen", -12.0),
    (
        r"template|slide|deck|cover|header|banner|card|hero|open-?graph|screenshot|poster|photo|pattern|social|"
        r"mock|(?<!dark )(?<!light )(?<!white )(?<!black )(?<!transparent )(?<!coloured )background",
        -8.0,
    ),
)
_LOGO_WORDS = 5  # patterns at the head of the table mean a logo
_LOGO_LIKE = 0.5
_VOCABULARY = frozenset(
    word
    for words in (
        "logo logos logotype wordmark mark brandmark symbol emblem icon glyph avatar pfp favicon puck lockup lock",
        "brand horizontal horz vertical stacked primary secondary tertiary full large small medium mini main",
        "default standard color colour colors colours rgb cmyk pms pantone print web screen digital black white",
        "grey gray dark light teal blue red green yellow orange purple pink mono monochrome inverted inverse",
        "reverse rev reversed negative positive transparent background bg on with without text as curves outline",
        "outlines outlined raw original final copy new old version vector svg png jpg jpeg px by and the of for",
        "only name tagline strapline square round circle hex sticker card tile header footer cover image picture",
        "file export draft favicons apple touch",
    )
    for word in words.split()
)
"""Words that say which variant a logo is, never whose."""
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LEAST_SHARED = 2


def name_score(item: EvidenceItem) -> float:
    """Points for being the brand's logo; 0.5 and more says logo in some way."""
    name = _plain(item)
    score = sum(points for pattern, points in _NAME_SCORES if re.search(pattern, name))
    if "svg" in item.media_type:
        score += 1.5
    elif "jpeg" in item.media_type:
        score -= 2.0
    return score


def _plain(item: EvidenceItem) -> str:
    return re.sub(r"[_.\s/\\]+", " ", item.file_name.rsplit(".", 1)[0].lower())


def strangers(items: Sequence[EvidenceItem], org_id: str, *, unheard: Collection[str] = ()) -> frozenset[str]:
    """sha256 of the pictures that bear another's name, or that are no logo by name where others are.

    The brand's name is the org's, or what most of the logos' names share; without one nobody bears another's. The names
    of files whose sha256 is in `unheard` count for nothing in that, but for the org's own name.
    """
    named = {item.evidence_sha256: _names(item) for item in items if name_score(item) >= _LOGO_LIKE}
    heard = [words for sha256, words in named.items() if words and sha256 not in unheard]
    counts = Counter(word for words in heard for word in words)
    shared = {word for word, count in counts.items() if count >= max(_LEAST_SHARED, len(heard) / 2)}
    org = _words(org_id)
    own = shared | {word for words in named.values() for word in words if _is_of(word, org)}
    others = {sha256 for sha256, words in named.items() if own and words and not words & own}
    if any(says_logo(item) for item in items):
        others |= {item.evidence_sha256 for item in items if not says_logo(item) and not _names(item) & own}
    return frozenset(others)


def says_logo(item: EvidenceItem) -> bool:
    """Whether a word of the name means a logo, and not only a file of the kind that logos are."""
    return any(re.search(pattern, _plain(item)) for pattern, points in _NAME_SCORES[:_LOGO_WORDS] if points > 0)


def _names(item: EvidenceItem) -> set[str]:
    return set(_words(_HUMP.sub(" ", item.file_name.rsplit(".", 1)[0]))) - _VOCABULARY


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _is_of(word: str, org: list[str]) -> bool:
    """Whether a word is of the org's name: a part of it, or its initials."""
    joined = "".join(org)
    if not joined:
        return False
    is_initials = len(org) > 1 and word == "".join(part[0] for part in org)
    return word in joined or joined in word or is_initials

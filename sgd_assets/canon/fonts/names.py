"""Names of font families: what is one, how to compare two, which words are style.

What must not live here: the list of families that the trade knows (`fonts/families.py`), and which family is the
brand's.
"""

import re

from sgd_assets.canon.fonts.families import KNOWN_FAMILIES
from sgd_resources.parsers.font_names import is_generic_family, split_font_name

EMOJI_OR_SYMBOL = re.compile(
    r"(?i)\b(?:emoji|symbols?|icons?|awesome|dingbats|material icons|glyphicons|icomoon|katex|mathjax)\b"
)

STYLE_WORDS = frozenset(
    word
    for line in """
thin hairline extralight ultralight light regular normal book roman medium semibold semi demibold demi bold
extrabold extra ultrabold ultra heavy black italic italics oblique condensed narrow extended expanded weight
weights style styles variable
buch halbfett kräftig leicht fett mager kursiv gras grasse maigre italique negrita cursiva grassetto corsivo slanted
""".splitlines()
    for word in line.split()
)

_NOT_A_NAME = frozenset(
    word
    for line in """
a an the this that these those our your its their we you it they all any each every and or of to in on for
with by from as at is are be was were will can may must should not font fonts typeface typefaces family
families type typography text body heading headings headline headlines title titles logo brand primary
secondary main official default reserved custom system web print digital display used use using when where
available free open source google adobe download licensed sans serif monospace monospaced mono sans-serif
proportional variable following one two three both same other only here see name stack fallback about sample
subheading subheadings subheads subtitle subtitles captions labels quotes buttons addresses
size sizes color colour below above next there what which who how why please note ttf otf woff woff2 eot zip
svg png pdf face large small medium big tiny install installation usage license licence import
windows mac macos linux microsoft office apple android ios
samples specimen specimens example examples preview overview guide guidelines guideline hierarchy scale pairing
weight weights settings rules section page files file opentype truetype postscript
""".splitlines()
    for word in line.split()
)
_NO_FAMILIES = frozenset({"postscript", "opentype", "truetype", "googlefonts", "adobefonts", "typekit", "googlefont"})
"""Formats and sellers of fonts that are written like a name."""
_GENERAL_ENDS = frozenset({"samples", "sample", "specimen", "specimens", "examples", "guide", "guidelines", "overview"})
"""Last words of what is shown or written about fonts ('Type samples')."""
_NAME_WORD = r"[A-Z][A-Za-z0-9À-ž]*(?:[-'’.&][A-Za-z0-9]+)*"
_GAP = r"(?:[ \u00a0]|[ ]?\n[ ]?)"
NAME = rf"{_NAME_WORD}(?:{_GAP}(?:{_NAME_WORD}|[A-Z]|\d+(?!\w)|(?:the|of|de)(?=\s[A-Z]))){{0,3}}"
"""Pattern of one to four capitalised words, one space apart: a wider gap is the next column."""

_WORD = re.compile(r"[^\W_]+(?:['’.&+-][^\W_]+)*")
_SCRIPTS = frozenset(
    {"Arabic", "Hebrew", "Cyrillic", "Greek", "Thai", "Devanagari", "Bengali", "Tamil", "Georgian", "Armenian"}
    | {"JP", "KR", "SC", "TC"}
)
_BETWEEN = re.compile(_GAP)


def _by_first_word() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The words of the known families by their first, longest family first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for family in KNOWN_FAMILIES:
        words = tuple(_WORD.findall(family))
        found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(families, key=lambda w: (-len(w), w))) for first, families in found.items()}


_POSSESSIVE = re.compile(r"[’']s[\s*_`]*$")
"""'Acme's': whose typeface it is, not its name."""
_FAMILIES_BY_WORD = _by_first_word()


def known_families_in(text: str) -> list[tuple[str, int, int]]:
    """(family as written, start, end) of families known to the trade, longest match first, in reading order.

    A family counts only when capitalised as a name.
    """
    words = list(_WORD.finditer(text))
    found = []
    index = 0
    while index < len(words):
        size = _known_size(text, words, index) if words[index][0][0].isupper() else 0
        if size:
            start, end = words[index].start(), words[index + size - 1].end()
            found.append((text[start:end], start, end))
        index += size or 1
    return found


def _known_size(text: str, words: list[re.Match[str]], index: int) -> int:
    """How many words from `index` on are a known family, a script behind it included; 0 when they are none."""
    for family in _FAMILIES_BY_WORD.get(words[index][0].lower(), ()):
        size = len(family)
        if tuple(word[0].lower() for word in words[index : index + size]) != family:
            continue
        if not all(_are_neighbours(text, words, i) for i in range(index, index + size - 1)):
            continue
        last = index + size - 1
        has_script = (
            last + 1 < len(words) and words[last + 1][0] in _SCRIPTS and bool(_are_neighbours(text, words, last))
        )
        return size + has_script
    return 0


def _are_neighbours(text: str, words: list[re.Match[str]], index: int) -> bool:
    return bool(_BETWEEN.fullmatch(text, words[index].end(), words[index + 1].start()))


def _without_owner(raw: str) -> str:
    """'Acme's Roboto' without its maker or owner, where what follows is a known family."""
    owner = re.match(r"\W*[A-Z][\w.-]*[’']s\s+", raw)
    return raw[owner.end() :] if owner and is_known(raw[owner.end() :].strip(" *_`")) else raw


def family_of(raw: str) -> str | None:
    """The family a written name means, or None when it is no name: style words and quotes go, generic words are
    refused."""
    if _POSSESSIVE.search(raw):
        return None
    text = _without_style_tail(re.sub(r"\([^)]*\)", " ", _without_owner(raw)))
    text = re.sub(r"^\s*A[ag]\s+(?=[A-Z])", "", text)  # the letters that show a typeface, in front of its name
    text = re.sub(r"(?<=\w)\+(?=\w)", " ", text)  # as addresses write a space
    text = re.sub(r"[\"'“”‘`*_|]+", " ", text).strip(" \t\n.,:;–—-/")
    text = re.sub(r"(?i)\b(?:font|typeface|type ?family|family|fonts)$", "", text).strip()
    if not text or "://" in text or is_generic_family(text) or EMOJI_OR_SYMBOL.search(text):
        return None
    if " " not in text:
        text = _written_out(text)
    words = text.split()
    while (
        len(words) > 1
        and " ".join(words).lower() not in KNOWN_FAMILIES
        and (words[-1].lower().strip(",") in STYLE_WORDS or re.fullmatch(r"[1-9]00(?:[–-][1-9]00)?", words[-1]))
    ):
        words.pop()
        while (
            "," not in text
            and len(words) > 1
            and words[-1].lower() in ("and", "und", "et", "y", "e", "en", "och", "og", "&")
        ):
            words.pop()  # 'Book and Bold'
    text = _without_maker(re.sub(r"\s+W0\d$", "", " ".join(words).strip(" ,")))
    words = text.split()
    if not words or len(text) < 3 or len(words) > 4 or not re.search(r"[A-Za-z]{2}", text):
        return None
    if text.lower() in KNOWN_FAMILIES:
        return text
    if (
        text.lower().replace(" ", "") in _NO_FAMILIES
        or words[-1].lower() in _GENERAL_ENDS
        or any(word.lower() in ("font", "fonts", "typeface", "typefaces") for word in words)
    ):
        return None
    if all(word.lower().strip(".,") in _NOT_A_NAME or word.lower() in STYLE_WORDS for word in words):
        return None
    if words[0].lower() in _NOT_A_NAME and words[0].lower() not in (
        "open",
        "source",
        "work",
        "system",
        "display",
        "brand",
        "type",
        "free",
        "custom",
        "public",
    ):
        return None
    return text


def _without_style_tail(name: str) -> str:
    """'Example Sans - Regular, Bold' is the family 'Example Sans': what follows the dash is style words only."""
    family, dash, tail = (part.strip() for part in re.sub(r"\s+[–—-](?:\s+|$)", " - ", name).partition(" - "))
    words = re.findall(r"[A-Za-z0-9]+", tail)
    is_style = all(word.lower() in STYLE_WORDS or word.isdigit() for word in words)
    return family if dash and family and is_style else name


def _written_out(name: str) -> str:
    """A PostScript name as words ('HelveticaNeue-Bold' -> 'Helvetica Neue'); a name coined in one word stays."""
    family, style = split_font_name(name)
    if style is None and family.replace(" ", "") == name and family.lower() not in KNOWN_FAMILIES:
        return name
    return family


def _without_maker(name: str) -> str:
    """'ACME Univers' names the family Univers: a known family behind one word that is not part of its name."""
    first, _, rest = name.partition(" ")
    if (
        rest
        and name.lower() not in KNOWN_FAMILIES
        and rest.lower() in KNOWN_FAMILIES
        and first.lower() not in STYLE_WORDS
    ):
        return rest
    return name


def is_known(family: str) -> bool:
    """Whether the trade knows the family by this name."""
    return family_key(family) in _KNOWN_KEYS


def family_key(family: str) -> str:
    """What two spellings of one family share: 'HelveticaNeue-Bold' and 'Helvetica Neue' are equal."""
    name = split_font_name(family)[0] if " " not in family else family
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    words = [word for word in re.split(r"[\s\-_]+", name.lower()) if word]
    kept = [
        word
        for word in words
        if word not in STYLE_WORDS and not re.fullmatch(r"(?:mt|lt|std|w0\d|ps|psmt|ttf|otf)", word)
    ] or words
    if len(kept) > 1 and kept[-1] == "pro":
        kept = kept[:-1]
    return re.sub(r"[^0-9a-zÀ-ž]", "", "".join(kept))


_KNOWN_KEYS = frozenset(family_key(name.title()) for name in KNOWN_FAMILIES)

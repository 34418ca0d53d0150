"""A text as it is and as its disguises read: invisible signs, look-alike letters, ciphers, encodings, comments.

A disguise is undone only where the result holds a word that the rules look for and the plain text does not, so that a
usual text costs one pass. What must not live here: what counts as an instruction (`injection_rules.py`).
"""

import base64
import binascii
import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from sgd_resources.llm.safety.injection_languages import LANGUAGE_RULES
from sgd_resources.llm.safety.injection_rule import UNSPACED
from sgd_resources.llm.safety.injection_rules import ENGLISH_RULES

RULES = (*ENGLISH_RULES, *LANGUAGE_RULES)
KEYWORDS = frozenset(
    word for each in RULES for group in each.needs[:1] for word in group if len(word) >= 5 or word == UNSPACED
)
"""Words that make a disguised reading worth looking at."""

HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f"
    "\ufeff\U000e0100-\U000e01ef]"
)
TAG = re.compile("[\U000e0020-\U000e007e]+")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{6,}")
_SPACES = str.maketrans({sign: " " for sign in map(chr, range(128)) if not (sign.isalnum() or sign == "_")})
_LEET_WORD = str.maketrans("013457@$!|+", "oieastasilt")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_HEX = re.compile(r"(?<![0-9A-Fa-f])(?:[0-9A-Fa-f]{2}[ :]?){12,}(?![0-9A-Fa-f])")
_BINARY = re.compile(r"(?:[01]{8}\s*){5,}")
_NUMBERS = re.compile(r"(?:\b\d{2,3}[\s,]+){8,}\d{2,3}\b")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2}){4,}")
_ESCAPES = re.compile(r"\\(?:u00|x)([0-9A-Fa-f]{2})")
_SPACED = re.compile(r"(?<!\w)(?:\w[ .\-_*|·]{1,3}){5,}\w(?!\w)")
_COMMENT = re.compile(r"<!--([^<>]{4,}?)(?:-->|<)")
_WORD = re.compile(r"\w+")
_WRAPPED = re.compile(r"\n[ \t]*(?=[a-z])")
_HEX_SIGNS = "0123456789abcdef"
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_NO_MARKS = str.maketrans("", "", "*~`\\_")
_TAGS = re.compile(r"</?[a-z][^<>]{0,80}>")
_CORE = ("ignore", "disregard", "instruct", "prompt", "system", "previous", "password", "reveal", "forget", "secret")
"""Cheap to count: enough to see that undoing a disguise uncovers something."""
_PUNCTUATION = {
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
    "…": "...",
    "•": "*",
    "\u00a0": " ",
    "©": " ",
    "®": " ",
    "™": " ",
}
_UNSPACED_SCRIPT = re.compile("[\u0600-\u06ff\u0900-\u09ff\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LATIN_NAMES = ("LATIN", "REGIONAL", "NEGATIVE", "SQUARED", "CIRCLED", "PARENTHESIZED", "TORTOISE")
_NAMED_LETTER = re.compile(r"\b(?:LETTER|CAPITAL|SMALL|SYMBOL LETTER) ([A-Z])(?: WITH .*)?$")
_LOOKALIKES = {
    sign: letter
    for letter, signs in {
        "a": "аαɑ", "b": "вьƅβ", "c": "сϲс", "d": "ԁɗ", "e": "еєε", "f": "ғϝ", "g": "ɡցģ", "h": "һнհ", "i": "іιıίɩ",
        "j": "јϳ",
        "k": "кκ", "l": "ӏℓⅼǀ", "m": "мϻ", "n": "пηոɴ", "o": "оοօσ", "p": "рρ", "q": "ԛգ", "r": "гᴦг", "s": "ѕꜱ",
        "t": "тτ",
        "u": "υսц", "v": "ѵν", "w": "ԝωѡ", "x": "хχ", "y": "уγү", "z": "ᴢζ",
        "A": "АΑ", "B": "ВΒ", "C": "СϹ", "E": "ЕΕ", "H": "НΗ", "I": "ІΙ", "J": "Ј", "K": "КΚ", "M": "МΜ", "N": "Ν",
        "O": "ОΟ",
        "P": "РΡ", "S": "Ѕ", "T": "ТΤ", "X": "ХΧ", "Y": "УΥ", "Z": "Ζ",
    }.items()
    for sign in signs
}  # fmt: skip
_ENGLISH = frozenset(
    (
        "the",
        "and",
        "to",
        "of",
        "is",
        "in",
        "that",
        "you",
        "your",
        "this",
        "for",
        "with",
        "what",
        "are",
        "how",
        "do",
        "can",
        "i",
        "a",
        "it",
        "on",
        "me",
        "my",
        "not",
        "all",
        "who",
        "why",
        "where",
        "when",
        "from",
        "please",
        "was",
        "be",
    )
)
_SHIFTED = {
    "".join(chr((ord(sign) - 97 + shift) % 26 + 97) for sign in word): shift
    for word in KEYWORDS
    if word.isascii() and word.isalpha() and len(word) >= 6
    for shift in range(1, 26)
}
"""Keywords as each Caesar shift writes them; ROT13 is shift 13."""
_BACKWARDS = frozenset(word[::-1] for word in KEYWORDS if word.isascii() and len(word) >= 6)
_BLOB_FROM = 16
"""Characters of the shortest run that may be encoded text."""


@dataclass(frozen=True)
class Reading:
    """One way to read a text."""

    text: str
    """Lower case, wrapped lines joined."""
    words: frozenset[str]
    disguise: str | None = None
    weight: float = 0.0
    """What the disguise itself says about the intent, once a rule matches below it."""
    is_telling: bool = False
    """Whether the disguise counts even if no rule matches."""


def readings(text: str) -> Iterator[Reading]:
    """The plain reading first, then each disguise that uncovers something."""
    signs = set() if text.isascii() else {sign for sign in set(text) if sign > "\x7f"}
    plain = _plain(text, signs)
    first = _reading(plain)
    yield first
    if signs:
        yield from _hidden(text)
        bare = HIDDEN.sub("", TAG.sub("", plain))
        if bare != plain:
            yield from _uncovered(bare, first.words, "zero_width_characters", 0.4)
            plain = bare
        if not plain.isascii() and (folded := plain.translate(FOLDED)) != plain:
            yield from _uncovered(folded, first.words, "lookalike_letters", 0.4)
    yield from _spelled(plain, first.words)
    yield from _encoded(plain, first.words)
    if "<!--" in plain:
        for comment in _COMMENT.findall(plain):
            yield _reading(comment, "hidden_comment", 0.2)


def _plain(text: str, signs: set[str]) -> str:
    """Compatibility forms and typographic punctuation as their plain signs."""
    for sign in signs & _PUNCTUATION.keys():
        text = text.replace(sign, _PUNCTUATION[sign])
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _spelled(text: str, words: frozenset[str]) -> Iterator[Reading]:
    """Leet, letters apart, markup inside words, backwards, Caesar."""
    ascii_text = (text if text.isascii() else text.encode("ascii", "ignore").decode()).lower()
    leet = ascii_text.translate(_LEET_WORD)
    if leet != ascii_text and _has_more(leet, ascii_text):
        yield _reading(leet, "leet_spelling", 0.4)
    if len(words & _LETTERS) >= 6 and (apart := _SPACED.search(text)):
        joined = _SPACED.sub(lambda found: re.sub(r"[ .\-_*|·]{2,3}", "\0", found[0]), text)
        together = re.sub(r"[ .\-_*|·]", "", joined[apart.start() :]).replace("\0", " ")
        yield from _uncovered(together, words, "spaced_letters", 0.4, is_loose=True)
    bare = ascii_text.translate(_NO_MARKS)
    if "<" in bare:
        bare = _TAGS.sub("", bare)
    if len(bare) < len(ascii_text) and _has_more(bare, ascii_text):
        yield _reading(bare, "split_by_markup", 0.3)
    if not _BACKWARDS.isdisjoint(words):
        yield _reading(text[::-1], "reversed_text", 0.4)
    shifts = [_SHIFTED[word] for word in words & _SHIFTED.keys()]
    for shift in {found for found in shifts if shifts.count(found) >= 2}:
        table = {97 + at: 97 + (at - shift) % 26 for at in range(26)}
        yield _reading(text.lower().translate(table), "caesar_cipher", 0.5)


def _has_more(undone: str, text: str) -> bool:
    return any(core in undone and undone.count(core) > text.count(core) for core in _CORE)


def _encoded(text: str, words: frozenset[str]) -> Iterator[Reading]:
    """Character references, percent and backslash escapes, base64, hex, binary, decimal."""
    if "&" in text and (plain := html.unescape(text)) != text:
        yield from _uncovered(plain, words, "escaped_characters", 0.3)
    if text.count("%") >= 4 and _PERCENT.search(text):
        yield from _uncovered(unquote(text), words, "escaped_characters", 0.4)
    if "\\" in text and (plain := _ESCAPES.sub(lambda found: chr(int(found[1], 16)), text)) != text:
        yield from _uncovered(plain, words, "escaped_characters", 0.4)
    longest = max(map(len, words), default=0)
    if longest >= _BLOB_FROM:
        for run in _BASE64.finditer(text):
            is_data_url = text[max(0, run.start() - 7) : run.start()] == "base64,"
            yield from _decoded(_from_base64(run[0]), is_data_url=is_data_url)
    pairs = [word for word in words if len(word) == 2 and not word.isalpha()]
    if len(pairs) >= 8 or (longest >= 24 and any(len(word) >= 24 and not word.strip(_HEX_SIGNS) for word in words)):
        yield from _runs(text, _HEX, lambda run: bytes.fromhex(re.sub(r"[ :]", "", run)))
    numbers = [word for word in words if word.isdecimal()]
    if any(len(word) % 8 == 0 and not word.strip("01") for word in numbers):
        yield from _runs(text, _BINARY, _from_binary)
    if sum(len(word) in {2, 3} for word in numbers) >= 6:
        yield from _runs(text, _NUMBERS, lambda run: bytes(map(int, re.findall(r"\d+", run))))


def _runs(text: str, pattern: re.Pattern[str], decode: Callable[[str], bytes]) -> Iterator[Reading]:
    for run in pattern.findall(text):
        try:
            yield from _decoded(decode(run))
        except ValueError:
            continue


def _from_base64(run: str) -> bytes:
    body = run.rstrip("=").replace("-", "+").replace("_", "/")
    body = body[: len(body) - (len(body) % 4 == 1)]
    try:
        return base64.b64decode(body + "=" * (-len(body) % 4), validate=True)
    except binascii.Error:
        return b""


def _from_binary(run: str) -> bytes:
    bits = re.sub(r"\s", "", run)
    return bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8))


def _decoded(data: bytes, *, is_data_url: bool = False) -> Iterator[Reading]:
    """A reading when the bytes are text; readable prose inside a blob is telling by itself."""
    if len(data) < 8 or sum(32 <= byte < 127 for byte in data[:64]) < 0.9 * min(len(data), 64):
        return
    text = data.decode("utf-8", "ignore")
    found = _reading(text, "encoded_text", 0.5)
    is_prose = len(found.words & _ENGLISH) >= 2 and len(text.split()) >= 4 and not is_data_url
    # One letter may stand before the text by chance of where the blob was cut.
    cut = re.sub(r"^[a-z](?=ignore|disregard|forget|system|you )", "", found.text)
    yield Reading(cut, words_of(cut), "encoded_text", 0.5, is_telling=is_prose)


def _hidden(text: str) -> Iterator[Reading]:
    """Text written in signs that show nothing: tag characters and variation selectors."""
    tags = "".join(chr(ord(sign) - 0xE0000) for run in TAG.findall(text) for sign in run)
    # Three flags of regions are spelled in tags: a handful of letters is no text.
    if len(tags) > 6:
        found = _reading(tags, "hidden_tag_characters", 0.8)
        yield Reading(found.text, found.words, found.disguise, found.weight, is_telling=True)
    for run in _SELECTORS.findall(text):
        data = bytes(ord(sign) - 0xFE00 if sign < "\uff00" else ord(sign) - 0xE0100 + 16 for sign in run)
        found = _reading(data.decode("utf-8", "ignore"), "hidden_variation_selectors", 0.8)
        yield Reading(found.text, found.words, found.disguise, found.weight, is_telling=True)


def _uncovered(
    text: str, known: frozenset[str], disguise: str, weight: float, *, is_loose: bool = False
) -> Iterator[Reading]:
    found = _reading(text, disguise, weight)
    fresh = found.words - known
    if not fresh.isdisjoint(KEYWORDS) or (is_loose and any(word in found.text for word in ("ignore", "instruction"))):
        yield found


def _reading(text: str, disguise: str | None = None, weight: float = 0.0) -> Reading:
    lower = text.lower()
    if "\n" in lower:
        lower = _WRAPPED.sub(" ", lower)
    return Reading(lower, words_of(lower), disguise, weight)


def words_of(lower: str) -> frozenset[str]:
    """The words of a lower-case text; with `UNSPACED` where spaces do not part them."""
    if lower.isascii():
        return frozenset(lower.translate(_SPACES).split())
    found = frozenset(_WORD.findall(lower))
    return found | {UNSPACED} if _UNSPACED_SCRIPT.search(lower) else found


class _Folded(dict[int, str]):
    """For `str.translate`: each sign's look-alike Latin letter, found when first met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _letter(chr(code))
        return found


def _letter(sign: str) -> str:
    if sign < "\x80":
        return sign
    if sign in _LOOKALIKES:
        return _LOOKALIKES[sign]
    base = unicodedata.normalize("NFD", sign)[0]
    if base < "\x80":
        return base
    name = unicodedata.name(sign, "")
    found = _NAMED_LETTER.search(name)
    return found[1].lower() if found and name.startswith(_LATIN_NAMES) else sign


FOLDED = _Folded()

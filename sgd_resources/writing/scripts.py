"""Which script a character is of (UAX 24, ISO 15924 codes), and what the script is called.

The table holds the scripts that are written today and that open faces are at hand for; of the others the name is read
from the Unicode name of the character. What must not live here: which face sets a script
(`sgd_assets/renders/compose/families.py`).
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache

COMMON = "Zyyy"
"""Digits, punctuation, spaces and symbols, which every script uses; marks take the script of what they stand on."""
EMOJI = "Zsye"
HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO = "Hani", "Hira", "Kana", "Hang", "Bopo"
SPACELESS = frozenset({HAN, HIRAGANA, KATAKANA, BOPOMOFO, "Thai", "Laoo", "Khmr", "Mymr"})
"""Words are not parted by spaces."""

_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x0041, 0x005A, "Latn"), (0x0061, 0x007A, "Latn"), (0x00AA, 0x00AA, "Latn"), (0x00BA, 0x00BA, "Latn"),
    (0x00C0, 0x00D6, "Latn"), (0x00D8, 0x00F6, "Latn"), (0x00F8, 0x02B8, "Latn"), (0x0370, 0x0373, "Grek"),
    (0x0375, 0x0377, "Grek"), (0x037A, 0x037D, "Grek"), (0x037F, 0x0384, "Grek"), (0x0386, 0x0386, "Grek"),
    (0x0388, 0x03FF, "Grek"), (0x0400, 0x052F, "Cyrl"), (0x0531, 0x058F, "Armn"), (0x0591, 0x05F4, "Hebr"),
    (0x0600, 0x0604, "Arab"), (0x0606, 0x060B, "Arab"), (0x060D, 0x061A, "Arab"), (0x061C, 0x061E, "Arab"),
    (0x0620, 0x063F, "Arab"), (0x0641, 0x064A, "Arab"), (0x0656, 0x066F, "Arab"), (0x0671, 0x06DC, "Arab"),
    (0x06DE, 0x06FF, "Arab"), (0x0750, 0x077F, "Arab"), (0x0870, 0x08FF, "Arab"), (0x0900, 0x0950, "Deva"),
    (0x0955, 0x0963, "Deva"), (0x0966, 0x097F, "Deva"), (0x0980, 0x09FE, "Beng"), (0x0A01, 0x0A76, "Guru"),
    (0x0A81, 0x0AFF, "Gujr"), (0x0B01, 0x0B77, "Orya"), (0x0B82, 0x0BFA, "Taml"), (0x0C00, 0x0C7F, "Telu"),
    (0x0C80, 0x0CF3, "Knda"), (0x0D00, 0x0D7F, "Mlym"), (0x0D81, 0x0DF4, "Sinh"), (0x0E01, 0x0E3A, "Thai"),
    (0x0E40, 0x0E5B, "Thai"), (0x0E81, 0x0EDF, "Laoo"), (0x1000, 0x109F, "Mymr"), (0x10A0, 0x10FF, "Geor"),
    (0x1100, 0x11FF, HANGUL), (0x1200, 0x139F, "Ethi"), (0x1780, 0x17F9, "Khmr"), (0x19E0, 0x19FF, "Khmr"),
    (0x1C80, 0x1C8A, "Cyrl"), (0x1C90, 0x1CBF, "Geor"), (0x1D00, 0x1D25, "Latn"), (0x1E00, 0x1EFF, "Latn"),
    (0x1F00, 0x1FFE, "Grek"), (0x2C60, 0x2C7F, "Latn"), (0x2D00, 0x2D2D, "Geor"), (0x2D80, 0x2DDE, "Ethi"),
    (0x2DE0, 0x2DFF, "Cyrl"), (0x2E80, 0x2FD5, HAN), (0x3005, 0x3005, HAN), (0x3007, 0x3007, HAN),
    (0x3021, 0x3029, HAN), (0x3038, 0x303B, HAN), (0x3041, 0x3096, HIRAGANA), (0x309D, 0x309F, HIRAGANA),
    (0x30A1, 0x30FA, KATAKANA), (0x30FD, 0x30FF, KATAKANA), (0x3105, 0x312F, BOPOMOFO), (0x3131, 0x318E, HANGUL),
    (0x31A0, 0x31BF, BOPOMOFO), (0x31F0, 0x31FF, KATAKANA), (0x3200, 0x321E, HANGUL), (0x3260, 0x327E, HANGUL),
    (0x32D0, 0x32FE, KATAKANA), (0x3300, 0x3357, KATAKANA), (0x3400, 0x4DBF, HAN), (0x4E00, 0x9FFF, HAN),
    (0xA640, 0xA69F, "Cyrl"), (0xA722, 0xA7FF, "Latn"), (0xA8E0, 0xA8FF, "Deva"), (0xA960, 0xA97C, HANGUL),
    (0xA9E0, 0xA9FE, "Mymr"), (0xAA60, 0xAA7F, "Mymr"), (0xAB01, 0xAB2E, "Ethi"), (0xAB30, 0xAB64, "Latn"),
    (0xAC00, 0xD7FB, HANGUL), (0xF900, 0xFAD9, HAN), (0xFB00, 0xFB06, "Latn"), (0xFB13, 0xFB17, "Armn"),
    (0xFB1D, 0xFB4F, "Hebr"), (0xFB50, 0xFDFF, "Arab"), (0xFE70, 0xFEFC, "Arab"), (0xFF21, 0xFF3A, "Latn"),
    (0xFF41, 0xFF5A, "Latn"), (0xFF66, 0xFF6F, KATAKANA), (0xFF71, 0xFF9D, KATAKANA), (0xFFA0, 0xFFDC, HANGUL),
    (0x1B000, 0x1B11F, HIRAGANA), (0x1EE00, 0x1EEF1, "Arab"), (0x20000, 0x323AF, HAN),
)  # fmt: skip
"""(first, last, script), ascending; what lies between is common. Source: Unicode 16, Scripts.txt."""
_STARTS = [first for first, _, _ in _RANGES]
_NAMES = {
    "Latn": "Latin", "Grek": "Greek", "Cyrl": "Cyrillic", "Armn": "Armenian", "Hebr": "Hebrew", "Arab": "Arabic",
    "Deva": "Devanagari", "Beng": "Bengali", "Guru": "Gurmukhi", "Gujr": "Gujarati", "Orya": "Odia", "Taml": "Tamil",
    "Telu": "Telugu", "Knda": "Kannada", "Mlym": "Malayalam", "Sinh": "Sinhala", "Thai": "Thai", "Laoo": "Lao",
    "Mymr": "Burmese", "Geor": "Georgian", HANGUL: "Korean", "Ethi": "Ethiopic", "Khmr": "Khmer", HAN: "Han",
    HIRAGANA: "Japanese", KATAKANA: "Japanese", BOPOMOFO: "Bopomofo", EMOJI: "emoji", COMMON: "symbols",
}  # fmt: skip
_UNWRITTEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)


@lru_cache(maxsize=8192)
def script_of(character: str) -> str:
    """ISO 15924 code; `COMMON` for what every script uses, `EMOJI` for pictographs, `Zzzz` for other scripts."""
    code = ord(character)
    if (index := bisect_right(_STARTS, code) - 1) >= 0 and code <= _RANGES[index][1]:
        return _RANGES[index][2]
    if 0x1F000 <= code <= 0x1FAFF:
        return EMOJI
    category = unicodedata.category(character)
    return (
        "Zzzz" if category[0] == "L" and category != "Lm" and code > 0x2FF and not _is_compatible(character) else COMMON
    )


def scripts_of(text: Iterable[str]) -> frozenset[str]:
    """Scripts of a text, the common one left out."""
    return frozenset(script_of(character) for character in text) - {COMMON}


def script_name(character: str) -> str:
    """English name of the script of a character, for a person."""
    if (code := script_of(character)) != "Zzzz":
        return _NAMES[code]
    return unicodedata.name(character, "an unknown script").split()[0].capitalize()


def is_unwritten(character: str) -> bool:
    """Whether the character only steers how others are set, and has no shape of its own (UAX 44: default ignorable)."""
    return bool(_UNWRITTEN.match(character))


def _is_compatible(character: str) -> bool:
    """A letter that only is another one in other clothes: a letter-like symbol, not a script of its own."""
    return unicodedata.normalize("NFKC", character) != character

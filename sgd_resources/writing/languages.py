"""A guess of the language a text is in, good enough to hyphenate it and to tell Chinese from Japanese.

By script, letters and function words; a caller that knows better says so. What must not live here: what is read in a
language (`sgd_assets/canon`).
"""

import re
from functools import lru_cache

from sgd_resources.writing.scripts import EMOJI, HAN, HANGUL, HIRAGANA, KATAKANA, scripts_of

_BY_SCRIPT = {
    "Hebr": "he", "Arab": "ar", "Deva": "hi", "Beng": "bn", "Guru": "pa", "Gujr": "gu", "Orya": "or", "Taml": "ta",
    "Telu": "te", "Knda": "kn", "Mlym": "ml", "Sinh": "si", "Thai": "th", "Laoo": "lo", "Khmr": "km", "Mymr": "my",
    "Geor": "ka", "Armn": "hy", "Ethi": "am", "Grek": "el",
}  # fmt: skip
_MARKS: tuple[tuple[str, str], ...] = (
    ("uk", "[іїєґ]"), ("bg", r"(?:ъ[^еёюя ]|щъ)"), ("ru", "[а-яё]"), ("pl", "[łąęśźż]"), ("cs", "[ěřů]"),
    ("hu", "[őű]"), ("ro", "[șțţş]"),
    ("de", r"ß|[äöü].*sch|sch.*[äöü]|\w{5,}(?:ung|ungen|keit|heit|schaft|(?:ungs|keits|heits|schafts)\w{3,})\b"),
    ("sv", "å.*[äö]|[äö].*å"), ("da", "å.*[æø]|[æø]"), ("fi", "[a-zäö]*(?:ää|yy|kk[aä])[a-zäö]*"),
    ("pt", "[ãõ]"), ("es", "[ñ¿¡]"), ("fr", "[êèçœàâ]"), ("de", "[äöü]"),
    ("nl", r"\b[a-z]*(?:ij|aa|oo|ee)[a-z]*(?:heid|ing|lijk)"),
)  # fmt: skip
"""Letters and endings that few other languages have; the first that is met decides."""
_WORDS = {
    "en": "the and of for with your our is are to in on at from you this that",
    "de": "der die das und mit für ein eine ist wir im am zum zur auf von nicht ihr sie jetzt",
    "fr": "le la les des et pour avec un une est dans sur vous nous du au",
    "es": "el la los las y para con un una es en por del de al su",
    "it": "il lo gli e per con un una è di che nel della dal alla",
    "pt": "o os as e para com um uma é em do da no na por",
    "nl": "de het een en voor met van is op in aan bij wij uw nu",
    "sv": "och för med en ett är på av till det som i vi",
    "da": "og for med en et er på af til det som i vi",
    "pl": "i w na z do dla od się jest to nie",
    "fi": "ja on ei se että tai kun nyt",
}


_SHARED = {
    "Cyrl": frozenset({"ru", "uk", "bg", "sr", "mk", "be", "kk", "mn"}), "Arab": frozenset({"ar", "fa", "ur", "ps"}),
    "Deva": frozenset({"hi", "mr", "ne"}), HAN: frozenset({"ja", "ko", "zh-Hans", "zh-Hant"}),
}  # fmt: skip
"""Scripts that several languages write."""


def fitting_language(text: str, told: str | None = None) -> str:
    """The language that somebody told, where the text can be in it; else a guess.

    Args:
        text: in one language, or mostly.
        told: BCP 47 of the copy a text is part of; a line of it may be in another script.
    """
    scripts = scripts_of(text) - {"Latn", EMOJI}
    if told is not None and all(told in _SHARED.get(script, ()) for script in scripts):
        return told
    return guess_language(text)


@lru_cache(maxsize=512)
def guess_language(text: str) -> str:
    """ISO 639-1 code, with the script for Chinese (`zh-Hans`, `zh-Hant`); English where nothing tells."""
    scripts = scripts_of(text)
    if scripts & {HIRAGANA, KATAKANA}:
        return "ja"
    if HANGUL in scripts:
        return "ko"
    if HAN in scripts:
        return _chinese(text)
    for script, language in _BY_SCRIPT.items():
        if script in scripts:
            return language
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {language: sum(word in known.split() for word in words) for language, known in _WORDS.items()}
    if (best := max(counts.values())) and [*counts.values()].count(best) == 1:
        return next(language for language, count in counts.items() if count == best)
    lowered = text.lower()
    return next((language for language, mark in _MARKS if re.search(mark, lowered)), "en")


def _chinese(text: str) -> str:
    """Simplified where the mainland's basic set writes it, else traditional where Taiwan's does."""
    han = "".join(character for character in text if "\u4e00" <= character <= "\u9fff")
    for encoding, language in (("gb2312", "zh-Hans"), ("big5", "zh-Hant")):
        try:
            han.encode(encoding)
        except UnicodeEncodeError:
            continue
        return language
    return "zh-Hans"

"""Which language a prompt is in: an ISO 639-1 code, or `und` where nobody could say.

By py3langid, whose model (139 languages, 4.6 MB) lies in its wheel. What must not live here: translation.
"""

import re
from typing import Any, Final

from sgd_resources.lazy import Lazy

UNKNOWN: Final = "und"
MIN_CONFIDENCE = 0.3
"""Below it und is said: of the sentences that the choice was made on, right ones have more, and bare codes less. Of
all that is laid on languages with a code of two letters."""
_MAX_CHARACTERS = 2_000
_MIN_LETTERS = 6
_MIN_SIGNS = 3
"""Of scripts in which one sign is a syllable or a word."""
_NO_WORDS = re.compile(r"\[[A-Z]+_\d+\]|\b\w+://\S*|\bwww\.\S*|\S*@\S*|#\w*|\b\w*\d[\w-]*\b")
_SIGNS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_FOLDED = {
    "ary": "ar", "arz": "ar", "yue": "zh", "wuu": "zh", "uzs": "uz", "sdh": "ku", "kik": "ki", "gug": "gn", "fuv": "ff",
    "pcm": "en",
}  # fmt: skip
"""Labels of the model that are one with a language of two letters, as written: spoken Arabics, Pidgin with English."""

_COMMON = frozenset({
    "ar", "bg", "bn", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "ja",
    "ko", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sv", "th", "tr", "uk", "vi", "zh",
})  # fmt: skip
"""Languages that most prompts are in. The model takes all for equally likely, and names a neighbour (Galician, Uzbek)
for a short sentence full of loan words; a whole sentence of a rarer language outweighs this by far."""
_COMMON_WEIGHT = 4.0


def detect_language(text: str) -> str:
    """The language most of the text is in, or `und`: too few words, or several languages that fit alike."""
    words = _NO_WORDS.sub(" ", text[:_MAX_CHARACTERS])
    letters = sum(map(str.isalpha, words))
    if letters < _MIN_LETTERS and len(_SIGNS.findall(words)) < _MIN_SIGNS:
        return UNKNOWN
    shares: dict[str, float] = {}
    for label, share in _IDENTIFIER.client().rank(words):
        code = _FOLDED.get(label, label)
        if len(code) == 2:
            weight = _COMMON_WEIGHT if code in _COMMON else 1.0
            shares[code] = shares.get(code, 0.0) + weight * float(share)
    found = max(shares, key=lambda code: shares[code])
    return found if shares[found] >= MIN_CONFIDENCE * sum(shares.values()) else UNKNOWN


def _load() -> Any:
    # Most of a second of processor time, which a process that is never asked does without.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


# One, however many prompts are the first: each of forty threads that loads for itself holds all the others up.
_IDENTIFIER: Final = Lazy(_load)

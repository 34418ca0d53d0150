"""How well the words of a picture fit the words of a brief: the share of the brief's words that the picture has.

Words are compared by their stems, so that plurals and cases of most European languages meet; scripts without spaces by
pairs of signs. What must not live here: which picture is shown (`find.py`).
"""

import re
import unicodedata

_WORD = re.compile(r"[^\W\d_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LEAST = 3
_ENDINGS = re.compile(r"(?:ings?|ness|ies|es|s|e|en|ern|em|n|a|o|os|as|y|i|ed)$")
_EMPTY = frozenset(
    word
    for words in (
        "the and with for from into over under near our your their his her its that this these those some one two",
        "photo photos picture pictures image images img dsc pic file copy final web hires print large small jpg jpeg",
        "illustration illustrations show showing shows shot view scene png webp photographie afbeelding imagen",
        "der die das den dem des ein eine einen einem einer und mit von vom auf bei bild foto imagem",
        "les une dans avec sur pour aux los las del con una por para sobre gli nel della che immagine",
        "een het van met voor som och med till uma com dos",
    )
    for word in words.split()
)
"""Words that tell nothing of what is to be seen, in the languages whose instructions are read most."""


def stems_of(text: str) -> tuple[str, ...]:
    """Stems of the telling words of a text, in order, each once."""
    plain = unicodedata.normalize("NFKD", _HUMP.sub(" ", text))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()
    found: list[str] = []
    for word in _WORD.findall(plain):
        if _UNSPACED.search(word):
            found += [word[at : at + 2] for at in range(max(1, len(word) - 1))]
        elif len(word) >= _LEAST and word not in _EMPTY:
            found.append(_stem(word))
    return tuple(dict.fromkeys(found))


def fit(wanted: tuple[str, ...], had: tuple[str, ...]) -> float:
    """The share of `wanted` that is among `had`, 0 to 1; 0 where nothing is wanted."""
    if not wanted:
        return 0.0
    return sum(any(_same(one, other) for other in had) for one in wanted) / len(wanted)


def _stem(word: str) -> str:
    shorter = _ENDINGS.sub("", word)
    return shorter if len(shorter) >= _LEAST + 1 else word


def _same(one: str, other: str) -> bool:
    """Equal, one an inflected form of the other, or one the first or last part of a compound: no train for rain."""
    short, long = sorted((one, other), key=len)
    more = len(long) - len(short)
    if len(short) <= _LEAST or more == 0:
        return one == other
    if long.startswith(short):
        return more <= 3 or len(short) >= 5
    return long.endswith(short) and more >= 4

"""The letters by which languages of one script are told apart: of each, those beyond a to z that it writes itself.

Latin letters that only names or loans bring are left out. What must not live here: what follows from a letter
(`languages.py`, `lexicon.py`).
"""

_LATIN = {
    "en": "", "de": "äöüß", "fr": "àâæçéèêëîïôœùûüÿ", "es": "áéíñóúü", "it": "àèéìíîòóùú", "pt": "áâãàçéêíóôõú",
    "nl": "éëïóöü", "sv": "åäöé", "da": "æøåé", "no": "æøåéòóôê", "fi": "äöå", "pl": "ąćęłńóśźż",
    "cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíĺľňóôŕšťúýž", "hu": "áéíóöőúüű", "ro": "ăâîșțşţ", "tr": "çğıiöşüâîû",
    "hr": "čćđšž", "ca": "àçéèíïóòúü", "vi": "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
    "id": "é",
}  # fmt: skip
_CYRILLIC = {
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя", "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
}  # fmt: skip
ALPHABETS: dict[str, frozenset[str]] = {name: frozenset(letters) for name, letters in (_LATIN | _CYRILLIC).items()}


def foreign_letters(text: str, language: str) -> int:
    """How many different letters of a text the language does not write; 0 for languages of other scripts."""
    own = ALPHABETS.get(language)
    return 0 if own is None else len(_telling(text, language) - own)


def is_written_with(text: str, language: str) -> bool:
    """Whether a text has letters beyond a to z and all of them are the language's own."""
    own = ALPHABETS.get(language)
    letters = _telling(text, language)
    return own is not None and bool(letters) and letters <= own


def _telling(text: str, language: str) -> frozenset[str]:
    """The letters of a language's script in a text, without those of a to z."""
    low = text.replace("İ", "i").replace("I", "i").lower()
    is_cyrillic = language in _CYRILLIC
    return frozenset(
        c
        for c in low
        if c.isalpha()
        and ("\u0400" <= c <= "\u04ff" if is_cyrillic else "\u00df" <= c <= "\u024f" or "\u1e00" <= c <= "\u1eff")
    )

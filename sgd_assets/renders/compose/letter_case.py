"""The letter case that is asked for, put on words. Addresses and small print keep theirs.

What must not live here: which words there are (`brief/`).
"""

import re

from sgd_assets.renders.brief.model import BriefCopy, LetterCase

_SMALL_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "but", "by", "for", "in", "nor", "of", "on", "or", "the", "to", "up", "via", "with"}
)


def in_case(words: BriefCopy, case: LetterCase | None, language: str | None) -> BriefCopy:
    """The copy in a case; as it is where none is asked for.

    Args:
        words: of the brief.
        case: upper, lower or title.
        language: ISO 639-1 of the copy: Turkish and Azeri part dotted i from dotless.
    """
    if case is None:
        return words

    def changed(text: str | None) -> str | None:
        return cased(text, case, language) if text else text

    return words.model_copy(
        update={
            "headline": changed(words.headline),
            "body": changed(words.body),
            "call_to_action": changed(words.call_to_action),
            "date": changed(words.date),
            "extra": tuple(cased(line, case, language) for line in words.extra),
        }
    )


def cased(text: str, case: LetterCase, language: str | None = None) -> str:
    """One text in a case."""
    if case == "title":
        return _title(text)
    if language in ("tr", "az"):
        text = text.replace("i", "İ") if case == "upper" else text.replace("I", "ı").replace("İ", "i")
    return text.upper() if case == "upper" else text.lower()


def _title(text: str) -> str:
    def capital(match: re.Match[str]) -> str:
        word = match.group()
        is_first = not text[: match.start()].strip()
        return word if word.lower() in _SMALL_WORDS and not is_first else word[:1].upper() + word[1:]

    return re.sub(r"[^\W\d_][\w'’]*", capital, text)

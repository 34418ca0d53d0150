"""Names of parts with a slip in them: "headlin", "butten".

Only where a label must stand (right before a quotation) may a word be read so: in running text "mutton" is no button.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache

from sgd_assets.renders.brief.lexicon import fold
from sgd_assets.renders.brief.vocabulary.parts import PART_TERMS

_LEAST = 6  # letters: shorter words are each other's slips
_ALIKE = 0.8  # of difflib: one slip in a word of six letters, two in one of ten


def part_almost(word: str, languages: Sequence[str]) -> str | None:
    """The part that a folded word names but for a slip, in the languages of the text or English; None for others."""
    if len(word) < _LEAST or not word.isalpha():
        return None
    names = {name: value for language in ("en", *languages) for name, value in _names(language).items()}
    found = get_close_matches(word, [name for name in names if name[0] == word[0]], 1, _ALIKE)
    return names[found[0]] if found else None


@cache
def _names(language: str) -> dict[str, str]:
    """Single words for parts in a language, folded."""
    found: dict[str, str] = {}
    for topic, written in PART_TERMS.items():
        value = topic.partition(":")[2]
        for spoken in written.split("; "):
            owner, _, terms = spoken.partition(" ")
            if owner == language and value != "by":
                found |= {fold(term): value for term in terms.split(", ") if term.isalpha() and len(term) >= _LEAST}
    return found

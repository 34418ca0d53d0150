"""Lines that only say what kind of type follows, in any language: 'Primary typeface', 'Typographie principale'.

`str -> bool`. What must not live here: the name that stands below or beside (`fonts/labels.py`).
"""

import re
from functools import lru_cache

from sgd_assets.canon.words.vocabulary import pattern

_LONGEST = 60
_MOST_WORDS = 7
_SLIP_LETTERS = 6
"""Letters of a word from which one slip is forgiven."""
_FONT = (
    r"(?<!\w)(?:(?:web\s*)?fonts?|type ?faces?|type ?famil(?:y|ies)|font ?famil(?:y|ies)|typograph(?:y|ies)|type)(?!\w)"
)
_FONT_WORDS = re.compile(rf"(?i)(?:{_FONT}|{pattern('font_word')}|{pattern('typography')})")
_RANKS = (
    r"(?<!\w)(?:primary|secondary|tertiary|main|brand|corporate|official|principal|preferred|accent|supporting|"
    r"complementary|alternat(?:e|ive)|substitute|replacement|fall-?back|system|office|default|licensed|free|"
    r"first|second|logo|headings?|headlines?|headers?|titles?|sub ?heads?|display|body|copy|text|captions?|code|"
    r"mono(?:spaced?)?|web|print|digital|online|screen|desktop|google|ui|sans|serif|our|the|name|names|and|or|for|in|of|"
    r"für|und|der|die|das|de|du|des|la|le|les|et|pour|el|los|las|y|para|e|o|os|do|da|dos|per|i|il|lo|gli|di|del|"
    r"della|en|voor|het|van|och|för|og|til|pro|a|na|do|dla)(?!\w)"
)
_VOCABULARY = re.compile(
    "(?i)"
    + "|".join(
        (
            _FONT_WORDS.pattern.removeprefix("(?i)"),
            *(
                pattern(topic)
                for topic in ("primary", "secondary", "accent", "heading_text", "body_text", "fallback", "type_rank")
            ),
            _RANKS,
        )
    )
)
_WHOLE_SUBJECT = re.compile(r"(?i)t[iy]pogra|t[yi]po?s?e?$")
_TERM = re.compile(rf"(?i)(?:{pattern('type_term')})")
_FALSE_FRIENDS = frozenset({"policy", "surface", "surfaces", "topography", "lettering", "frontage", "fonction"})
"""Words one slip away from a word for type that mean something else."""
_SLIPPED = ("typeface", "typefaces", "typography", "font family", "schriftart", "hausschrift", "lettertype")


@lru_cache(maxsize=1024)
def is_type_label(text: str) -> bool:
    """Whether a line is nothing but words for type, its rank and its use, one of them a word for type.

    Args:
        text: one line, as printed; one slip in a long word for type is forgiven.
    """
    line = " ".join(_mended(word) for word in re.findall(r"[^\W\d_]+", text))
    return is_of_labels(line) and _FONT_WORDS.search(line) is not None


def is_of_labels(text: str) -> bool:
    """Whether a line is nothing but words for type, its rank and its use: 'Body copy', 'Lopende tekst'."""
    line = re.sub(r"[\W\d_]+", " ", text).strip()
    is_short = 0 < len(line) <= _LONGEST and len(line.split()) <= _MOST_WORDS
    return is_short and not _VOCABULARY.sub(" ", line).strip()


def leads_to_a_name(text: str) -> bool:
    """Whether a typeface's name follows such a line: 'Typography' alone opens a section on anything about type."""
    words = re.findall(r"[^\W\d_]+", text)
    return is_type_label(text) and not (len(words) == 1 and _WHOLE_SUBJECT.match(words[0]))


def is_of_setting(name: str) -> bool:
    """Whether a name is made of the words that texts on type use for other things: 'Line Spacing', 'Sentence Case'."""
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", name)
    is_term = any(_TERM.fullmatch(word) for word in words) or _TERM.fullmatch(name) is not None
    return bool(words) and (is_term or is_label_word(words[0]) or all(map(is_label_word, words)))


def is_label_word(word: str) -> bool:
    """Whether a word is one of those that such lines are made of, or names a use of type."""
    return bool(_VOCABULARY.fullmatch(word))


def _mended(word: str) -> str:
    """A word for type for one that differs from it by a slip; the word itself otherwise."""
    lowered = word.lower()
    if len(word) < _SLIP_LETTERS or lowered in _FALSE_FRIENDS:
        return word
    return next((known for known in _SLIPPED if _is_a_slip(lowered, known)), word)


def _is_a_slip(written: str, meant: str) -> bool:
    """Whether one letter is left out, put in or changed, or two neighbours stand the wrong way round."""
    start = next((i for i, (a, b) in enumerate(zip(written, meant, strict=False)) if a != b), len(written))
    one, other = written[start:], meant[start:]
    swapped = one[1:2] + one[:1] + one[2:]
    return written != meant and (one[1:] == other or one == other[1:] or one[1:] == other[1:] or swapped == other)

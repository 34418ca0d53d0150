"""Copy as it may be set: composed, and without characters that turn or hide what is read.

What must not live here: which characters a face has (`sgd_assets/renders/compose/type/settable.py`).
"""

import re
import unicodedata
from dataclasses import dataclass

from sgd_resources.writing.scripts import is_unwritten

_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069\u206a-\u206f]")
"""Bidirectional controls: they show a reader another order than the words have."""
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u180e\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
"""What has no shape and no use in print; the zero-width space and joiners, which scripts need, stay."""

_BLANKS = frozenset("\u2800\u3164\uffa0")
"""Letters and signs whose shape is empty: the blank of Braille, the fillers of Hangul."""


@dataclass(frozen=True)
class CleanCopy:
    """Text to set, and the names of what was taken out of it."""

    text: str
    removed: tuple[str, ...] = ()


def clean_copy(text: str) -> CleanCopy:
    """The text composed (NFC), its line breaks kept, controls taken out. Cleaning it again changes nothing."""
    if text.isascii() and text.isprintable():
        return CleanCopy(text)
    removed = tuple(dict.fromkeys([*_CONTROLS.findall(text), *_HIDDEN.findall(text)]))
    kept = _HIDDEN.sub("", _CONTROLS.sub("", text)) if removed else text
    return CleanCopy(unicodedata.normalize("NFC", kept), tuple(f"U+{ord(character):04X}" for character in removed))


def is_blank(text: str) -> bool:
    """Whether nothing of the text would be seen in print: spaces, controls, joiners, fillers, or no character."""
    return all(
        character.isspace() or character in _BLANKS or is_unwritten(character) or _is_control(character)
        for character in text
    )


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs")

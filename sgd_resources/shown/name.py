"""A stranger's file name as text that every place can hold and show: a terminal, JSON, Postgres, a page, a log.

A file system's name is bytes; it may be no text at all, turn a line around or start a new one. What must not live
here: paths that are opened (those keep their bytes), Markdown or HTML (each place escapes for itself).
"""

import re

_UNSHOWABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef"
    "\ud800-\udfff\ufffe\uffff\U000e0000-\U000e0fff]"
)
"""Controls, line and paragraph separators, what turns the direction of writing, what shows nothing, and what is no
character: bytes that were not UTF-8 reach Python as lone surrogates (PEP 383). Joiners stay: Persian, Hindi and emoji
are spelt with them; so do the wide and narrow spaces that desktops put into names of screenshots."""


def shown_name(name: str) -> str:
    """The name with each unshowable character as `%` and its bytes in hexadecimal; ordinary names are unchanged.

    Two names that differ stay different, unless one was already written with such escapes. Idempotent.
    """
    return _UNSHOWABLE.sub(lambda found: _escaped(found.group()), name)


def _escaped(character: str) -> str:
    # What Python could not decode gives its own byte back; a lone surrogate of another origin is spelt like UTF-8.
    is_raw_byte = "\udc80" <= character <= "\udcff"
    raw = character.encode("utf-8", "surrogateescape" if is_raw_byte else "surrogatepass")
    return "".join(f"%{byte:02X}" for byte in raw)

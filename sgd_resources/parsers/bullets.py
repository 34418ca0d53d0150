"""Bullets that a line of text begins with. Shared by pages and office documents."""

import re

BULLETS = "•●▪■◦‣∙·◆◇◾▸►➤➢○◉⁃\uf0b7\uf0a7\uf0d8\uf0a8\uf076\uf02d"
"""The private ones are those of the symbol fonts that office programs take bullets from."""
_TYPED = re.compile(rf"^\s*(?:[{BULLETS}–]|[-*])\s+(?=\S)")


def without_bullet(text: str) -> str | None:
    """The words behind a bullet that was typed; None where a line has none."""
    found = _TYPED.match(text)
    return text[found.end() :] if found else None

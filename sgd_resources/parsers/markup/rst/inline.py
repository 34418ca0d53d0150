"""Inline markup: docutils' inliner with any role's words kept, and the page's substitutions.

What must not live here: blocks (`states.py`).
"""

import re
from typing import Any

from docutils import nodes
from docutils.parsers.rst import states
from docutils.utils import unescape

_MOST_CHARACTERS = 2_000
"""docutils looks for the end of each start-string in all that follows it: longer runs are cut at a space."""
_LINKS = re.compile(r"(.+?)\s*<[^<>]*>", re.DOTALL)
_LINK_ROLES = frozenset((
    "any", "attr", "class", "data", "doc", "download", "envvar", "exc", "func", "keyword", "meth", "mod", "numref",
    "obj", "option", "ref", "term", "token",
))  # fmt: skip
"""Roles of Sphinx whose text may end in the target's name. Source: its "Roles" reference (2026-11)."""
_LONGEST_VALUE = 500
"""Characters of a substitution that are put in place; a longer one is read where it is defined."""


class Words(states.Inliner):  # type: ignore[misc]  # docutils ships no types
    """The inliner of one page; also what its bundles share: title styles and substitutions.

    Args:
        budget: characters that substitutions may add, so that a page of references cannot grow without end.
    """

    def __init__(self, *, budget: int) -> None:
        super().__init__()
        self.title_styles: list[Any] = []
        self.values: dict[str, str] = {}
        self._budget = budget

    def parse(self, text: str, lineno: int, memo: Any, parent: Any) -> tuple[list[Any], list[Any]]:
        """(nodes, no messages) of a run of text."""
        found: list[Any] = []
        while text:
            end = _MOST_CHARACTERS
            if len(text) > end:
                end = text.rfind(" ", 1, end) + 1 or end
            found += super().parse(text[:end], lineno, memo, parent)[0]
            text = text[end:]
        return found, []

    def interpreted(self, rawsource: str, text: str, role: str, lineno: int) -> tuple[list[Any], list[Any]]:
        """The words of a role, known or not, without the target that a link's text may carry."""
        linked = _LINKS.fullmatch(text) if role.rpartition(":")[2].lower() in _LINK_ROLES else None
        return [nodes.inline(rawsource, linked[1] if linked else text)], []

    def problematic(self, text: str, rawsource: str, message: Any) -> Any:
        """Markup that is not closed is text."""
        return nodes.Text(text)

    def define(self, name: str, value: str) -> None:
        """Remember what a substitution stands for."""
        self.values.setdefault(_normal(name), value)

    def value_of(self, name: str) -> str:
        """What stands in place of `|name|`; the name where nothing does."""
        value = self.values.get(_normal(name), name)
        if value is name or len(value) > _LONGEST_VALUE or len(value) > self._budget:
            return name
        self._budget -= len(value)
        return value


for _name, _pattern in vars(states.Inliner).items():
    if isinstance(_pattern, str) and not _name.startswith("__"):
        setattr(Words, _name, _pattern)  # docutils builds on the attributes of the very class, not on inherited ones


def _normal(name: str) -> str:
    return " ".join(unescape(name).lower().split())

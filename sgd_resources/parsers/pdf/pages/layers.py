"""Which layers of a PDF (optional content) a reader is not shown when it opens the file.

What must not live here: what stands in them (`ink/content.py`, `text/visibility.py`).
Source: ISO 32000-2, 8.11.2 to 8.11.4.
"""

from collections.abc import Sequence

import pikepdf

_DEEPEST_EXPRESSION = 8  # real files nest one or two; ends circles
_MOST_GROUPS = 10_000  # drawings of layers have hundreds


class Layers:
    """The groups that the default configuration switches off."""

    def __init__(self, document: pikepdf.Pdf) -> None:
        properties = document.Root.get("/OCProperties")
        properties = properties if isinstance(properties, pikepdf.Dictionary) else pikepdf.Dictionary()
        default = properties.get("/D")
        default = default if isinstance(default, pikepdf.Dictionary) else pikepdf.Dictionary()
        self._off = _references(default.get("/OFF"))
        if default.get("/BaseState") == pikepdf.Name.OFF:
            self._off |= _references(properties.get("/OCGs")) - _references(default.get("/ON"))

    @property
    def are_all_on(self) -> bool:
        """Whether no layer is off, so that nothing need be asked."""
        return not self._off

    def is_off(self, membership: pikepdf.Object | None) -> bool:
        """Whether content that belongs to a group or a membership dictionary is not shown."""
        if self.are_all_on or not isinstance(membership, pikepdf.Dictionary):
            return False
        if membership.get("/Type") != pikepdf.Name.OCMD:
            return membership.objgen in self._off
        expression = membership.get("/VE")
        if isinstance(expression, pikepdf.Array):
            return not self._holds(expression, 0)
        groups = membership.get("/OCGs")
        listed = list(groups)[:_MOST_GROUPS] if isinstance(groups, pikepdf.Array) else [groups]
        states = [group.objgen not in self._off for group in listed if isinstance(group, pikepdf.Dictionary)]
        return bool(states) and not _agree(str(membership.get("/P", "/AnyOn")), states)

    def _holds(self, expression: pikepdf.Object, depth: int) -> bool:
        if isinstance(expression, pikepdf.Dictionary):
            return expression.objgen not in self._off
        if not isinstance(expression, pikepdf.Array) or len(expression) < 2 or depth > _DEEPEST_EXPRESSION:
            return True
        operator, *operands = list(expression)[:_MOST_GROUPS]
        states = [self._holds(operand, depth + 1) for operand in operands]
        if operator == pikepdf.Name.Not:
            return not states[0]
        return any(states) if operator == pikepdf.Name.Or else all(states)


def _agree(policy: str, states: Sequence[bool]) -> bool:
    if policy == "/AllOn":
        return all(states)
    if policy == "/AnyOff":
        return not all(states)
    return not any(states) if policy == "/AllOff" else any(states)


def _references(groups: pikepdf.Object | None) -> set[tuple[int, int]]:
    listed = list(groups)[:_MOST_GROUPS] if isinstance(groups, pikepdf.Array) else []
    return {group.objgen for group in listed if isinstance(group, pikepdf.Dictionary)}

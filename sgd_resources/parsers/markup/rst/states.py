"""docutils' block states, with our own answer to directives, titles, substitutions and tables that it refuses.

Titles stay in the stream with their level instead of opening sections, so a page that skips a level keeps its words.
What must not live here: what a directive holds (`directives.py`), inline markup (`inline.py`).
"""

import re
from typing import Any

from docutils import nodes
from docutils.parsers.rst import states
from docutils.statemachine import StringList

from sgd_resources.parsers.markup.rst.directives import Block, code_units, content_of, option_value
from sgd_resources.parsers.markup.rst.tables import loose_table

_MOST_COLUMNS = 100
"""Of a grid; 500 took 1.3 s for 41 kB, 2,000 took 17 s (processor time)."""
_SUBSTITUTION = re.compile(r"(?P<name>[^|]+)\|\s*(?:(?P<kind>[\w:.+-]+?)\s?::)?\s*(?P<rest>.*)", re.DOTALL)


class _Kept(states.RSTState):  # type: ignore[misc]  # docutils ships no types
    """What all our states do otherwise than docutils'."""

    nested_sm_cache: list[Any] = []  # noqa: RUF012  # docutils' way to keep machines of one set of states

    def __init__(self, state_machine: Any, debug: bool = False) -> None:
        super().__init__(state_machine, debug)
        self.nested_sm_kwargs = {"state_classes": STATES, "initial_state": "Body"}

    def section(self, title: str, source: str, style: Any, lineno: int, messages: Any) -> None:
        """A title, its level the place of its style in order of appearance."""
        styles = self.inliner.title_styles
        if style not in styles:
            styles.append(style)
        found, _ = self.inline_text(title, lineno)
        self.parent += _at(nodes.title("", "", *found, level=styles.index(style) + 1), self._line(lineno))

    def explicit_construct(self, match: Any) -> tuple[list[Any], bool]:
        """What follows '..': a footnote, a target, a substitution, a directive, else a comment."""
        for method, pattern in states.Body.explicit.constructs:
            found = pattern.match(match.string)
            if found:
                try:
                    # by name: the table holds docutils' own functions
                    result: tuple[list[Any], bool] = getattr(self, method.__name__)(found)
                    return result
                except states.MarkupError:
                    break
        return self.comment(match)

    def comment(self, match: Any) -> tuple[list[Any], bool]:
        """Words that no reader is shown; an empty one ends where it stands."""
        if self.state_machine.is_next_line_blank() and not match.string[match.end() :].strip():
            return [nodes.comment()], True
        _, _, _, is_blank_after = self.state_machine.get_first_known_indented(match.end())
        return [nodes.comment()], is_blank_after

    def hyperlink_target(self, match: Any) -> tuple[list[Any], bool]:
        """Where a name leads, which no reader is shown; without its colon it is no target, but words."""
        taken, _, _, is_blank_after = self.state_machine.get_first_known_indented(match.end(), until_blank=True)
        if any(":" in line for line in taken[:2]) or match.string[match.end() :].startswith("_"):
            return [], is_blank_after
        return [_at(nodes.paragraph("", "\n".join(taken)), _line_of(taken, 0))], is_blank_after

    def directive(self, match: Any, **presets: Any) -> tuple[list[Any], bool]:
        """Any directive, known or not: its words and its content."""
        taken, _, offset, is_blank_after = self.state_machine.get_first_known_indented(match.end(), strip_top=False)
        line = self._line(self.state_machine.abs_line_number())
        block = Block(match[1], taken, offset, _line_of(taken, 0) if taken else line)
        return content_of(block, self), is_blank_after or self.state_machine.is_next_line_blank()

    def substitution_def(self, match: Any) -> tuple[list[Any], bool]:
        """Remembered for the places that use it, and read where it stands: '.. |sea| replace:: #0A2342'."""
        taken, _, _, is_blank_after = self.state_machine.get_first_known_indented(match.end(), strip_indent=False)
        line = _line_of(taken, 0)
        found = _SUBSTITUTION.match("\n".join(taken))
        if found is None:
            return [_at(nodes.paragraph("", " ".join(" ".join(taken).split())), line)], is_blank_after
        value = self._value(found["kind"], found["rest"])
        self.inliner.define(found["name"], value)
        shown = f"{found['name']}: {value}" if value else found["name"]
        return [_at(nodes.paragraph("", shown), line)], is_blank_after

    def _value(self, kind: str | None, rest: str) -> str:
        if kind == "image":
            return option_value(rest, "alt")
        words = " ".join(line.strip() for line in rest.split("\n") if not re.match(r"\s*:[\w-]+:", line)).strip()
        if kind == "unicode":
            return code_units(words)
        found, _ = self.inline_text(words, 0)
        return "".join(node.astext() for node in found)

    def isolate_grid_table(self) -> tuple[Any, list[Any], bool]:
        """The lines of a grid; one of very many columns costs docutils their square, and is read by its bars."""
        block, messages, is_blank_after = super().isolate_grid_table()
        if block and block[0].count("+") > _MOST_COLUMNS:
            return [], self.malformed_table(block), is_blank_after
        return block, messages, is_blank_after

    def malformed_table(self, block: StringList, detail: str = "", offset: int = 0) -> list[Any]:
        """A table with edges that do not meet, read by its bars or columns."""
        block.replace(self.double_width_pad_char, "")
        return loose_table([(text, _line_of(block, i)) for i, text in enumerate(block)])

    def _line(self, lineno: int) -> int:
        return int(self.state_machine.get_source_and_line(lineno)[1] or lineno)


def machine() -> Any:
    """A machine for one bundle of lines."""
    return states.RSTStateMachine(state_classes=STATES, initial_state="Body")


def _at(node: Any, line: int) -> Any:
    node.line = line
    return node


def _line_of(block: StringList, i: int) -> int:
    return int(block.info(i)[1]) + 1


STATES = tuple(type(each.__name__, (_Kept, each), {}) for each in states.state_classes)
"""docutils' own, by the same names, which is how they find each other."""

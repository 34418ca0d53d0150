"""Regular expressions of strangers: ECMA-262 in, an engine that runs in the time of text times pattern underneath.

The engine is the Rust `regex` crate inside pydantic-core: it never backtracks, so that no pattern is catastrophic. What
it cannot run (look-around, back-references) is refused by its name. What must not live here: keywords of a schema.

Source: ECMA-262 2025, 22.2; docs.rs/regex, "Syntax" and "Untrusted input".
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from pydantic_core import SchemaError, SchemaValidator, ValidationError, core_schema

MAX_PATTERN_CHARACTERS = 1_000
MAX_REPEAT = 1_000
MAX_COST = 4_000
"""Most states of one pattern, counted by its repeats written out: `[a-z]{1000}` is 1,000."""
_PROPERTY_COST = 50
"""A class of Unicode letters is hundreds of byte ranges in the engine."""
_SPACE = r"\t\n\x0B\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_CLASSES = {"d": "0-9", "w": "A-Za-z0-9_", "s": _SPACE}
_QUANTIFIER = re.compile(r"\{(\d+)(?:(,)(\d*))?\}")
_PAIR = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_HEX = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\})")
_PROPERTY = re.compile(r"\\[pP]\{([A-Za-z_]+(?:=[A-Za-z_]+)?)\}")
_NAME = re.compile(r"\(\?<([A-Za-z][A-Za-z0-9]*)>")


class RefusedPattern(ValueError):
    """The pattern is no regular expression, or one that cannot be run in bounded time; the text says which."""


@dataclass(frozen=True)
class Pattern:
    """One compiled pattern."""

    source: str
    cost: int
    """States it can be in, about: a text of n characters takes at most n times as many steps."""
    _engine: SchemaValidator = field(repr=False)

    def is_in(self, text: str) -> bool:
        """Whether it matches anywhere in the text, as JSON Schema has it."""
        try:
            self._engine.validate_python(text)
        except ValidationError:
            return False
        return True


@lru_cache(maxsize=512)
def compile_pattern(source: str) -> Pattern:
    """The pattern, ready to run.

    Raises:
        RefusedPattern: too long, too large, not a regular expression, or not runnable without backtracking.
    """
    if len(source) > MAX_PATTERN_CHARACTERS:
        raise RefusedPattern(f"longer than {MAX_PATTERN_CHARACTERS} characters")
    translated = _Translation(source).whole()
    if translated.cost > MAX_COST:
        raise RefusedPattern(f"its repeats written out make more than {MAX_COST} states")
    try:
        # The validator matches anywhere in a text; a text of its own for lone surrogates never comes here.
        engine = SchemaValidator(core_schema.str_schema(pattern=translated.text, regex_engine="rust-regex"))
    except SchemaError as error:
        raise RefusedPattern("not a regular expression of ECMA-262") from error
    return Pattern(source, translated.cost, engine)


@dataclass(frozen=True)
class _Piece:
    text: str
    cost: int


class _Translation:
    """Reads a pattern once from left to right; groups are read by recursion, at most 50 deep."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0

    def whole(self) -> _Piece:
        piece = self._alternatives(0)
        if self.at < len(self.source):
            raise RefusedPattern("a bracket is closed that was not opened")
        return piece

    def _alternatives(self, depth: int) -> _Piece:
        if depth > 50:
            raise RefusedPattern("groups are nested deeper than 50")
        texts, cost, pending = [], 0, _Piece("", 0)
        while self.at < len(self.source) and self.source[self.at] != ")":
            sign = self.source[self.at]
            if sign == "|":
                texts.append(pending.text + "|")
                cost, pending, self.at = cost + pending.cost, _Piece("", 0), self.at + 1
                continue
            texts.append(pending.text)
            cost += pending.cost
            pending = self._repeated(self._atom(depth))
        return _Piece("".join([*texts, pending.text]), cost + pending.cost + 1)

    def _atom(self, depth: int) -> _Piece:
        sign = self.source[self.at]
        if sign == "(":
            return self._group(depth)
        if sign == "[":
            return self._class()
        if sign == "\\":
            return self._escape(in_class=False)
        self.at += 1
        if sign == ".":
            return _Piece(r"[^\n\r\u2028\u2029]", 1)
        if sign in "*+?":
            raise RefusedPattern("a repeat has nothing to repeat")
        if sign in "^$":
            return _Piece(sign, 1)
        return _Piece(_literal(sign), 1)

    def _group(self, depth: int) -> _Piece:
        opening = "("
        if self.source.startswith("(?", self.at):
            name = _NAME.match(self.source, self.at)
            if self.source.startswith("(?:", self.at):
                opening = "(?:"
            elif name:
                opening = name.group(0)
            elif self.source.startswith(("(?=", "(?!", "(?<=", "(?<!"), self.at):
                raise RefusedPattern("look-ahead and look-behind cannot be run in bounded time")
            else:
                raise RefusedPattern("a group of an unknown kind")
        self.at += len(opening)
        inner = self._alternatives(depth + 1)
        if self.at >= len(self.source):
            raise RefusedPattern("a bracket is not closed")
        self.at += 1
        # Nothing is captured, so that no group costs more than it must.
        return _Piece(f"(?:{inner.text})", inner.cost)

    def _repeated(self, piece: _Piece) -> _Piece:
        most, suffix = 1, ""
        if self.at < len(self.source) and self.source[self.at] in "*+?":
            suffix = self.source[self.at]
            self.at += 1
        elif found := _QUANTIFIER.match(self.source, self.at):
            numbers = [int(number) for number in (found[1], found[3]) if number and len(number) < 6]
            if len(numbers) < 1 + bool(found[3]) or max(numbers) > MAX_REPEAT:
                raise RefusedPattern(f"a repeat of more than {MAX_REPEAT}")
            if found[3] and numbers[0] > numbers[1]:
                raise RefusedPattern("a repeat whose least is more than its most")
            most, suffix = max(1, *numbers), found.group(0)
            self.at = found.end()
        if suffix and self.at < len(self.source) and self.source[self.at] == "?":
            suffix += "?"
            self.at += 1
        if suffix and piece.text in {"^", "$", r"(?-u:\b)", r"(?-u:\B)"}:
            raise RefusedPattern("a repeat has nothing to repeat")
        if self.at < len(self.source) and self.source[self.at] in "*+?" and suffix:
            raise RefusedPattern("a repeat of a repeat")
        return _Piece(piece.text + suffix, piece.cost * most + (1 if suffix else 0))

    def _class(self) -> _Piece:
        self.at += 1
        text, cost = "[", 1
        if self.source.startswith("^", self.at):
            text, self.at = "[^", self.at + 1
        if self.source.startswith("]", self.at):
            raise RefusedPattern("an empty class of characters")
        while self.at < len(self.source) and self.source[self.at] != "]":
            sign = self.source[self.at]
            if sign == "\\":
                piece = self._escape(in_class=True)
                text, cost = text + piece.text, max(cost, piece.cost)
                continue
            self.at += 1
            is_range = sign == "-" and text[-1] not in "[^" and self.source[self.at : self.at + 1] not in {"]", ""}
            text += "-" if is_range else _literal(sign, in_class=True)
        if self.at >= len(self.source):
            raise RefusedPattern("a class of characters is not closed")
        self.at += 1
        return _Piece(text + "]", cost)

    def _escape(self, *, in_class: bool) -> _Piece:
        rest = self.source[self.at : self.at + 2]
        if len(rest) < 2:
            raise RefusedPattern("it ends with a backslash")
        sign = rest[1]
        if (found := _PAIR.match(self.source, self.at)) is not None:
            self.at = found.end()
            high, low = int(found[1], 16), int(found[2], 16)
            return _Piece(_code(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)), 1)
        if (found := _HEX.match(self.source, self.at)) is not None:
            self.at = found.end()
            return _Piece(_code(int(found[1] or found[2] or found[3], 16)), 1)
        if (found := _PROPERTY.match(self.source, self.at)) is not None:
            self.at = found.end()
            return _Piece(found.group(0), _PROPERTY_COST)
        self.at += 2
        if sign.lower() in _CLASSES:
            return self._named_class(sign, in_class=in_class)
        if sign in "bB" and not in_class:
            return _Piece(rf"(?-u:\{sign})", 1)
        if sign == "b":
            return _Piece(r"\x08", 1)
        if sign in "tnrf":
            return _Piece(f"\\{sign}", 1)
        if sign == "v":
            return _Piece(r"\x0B", 1)
        if sign == "0":
            return _Piece(r"\x00", 1)
        if sign.isdigit() or sign == "k":
            raise RefusedPattern("back-references cannot be run in bounded time")
        if sign.isalpha():
            raise RefusedPattern(f"the escape \\{sign} is not known")
        return _Piece(_literal(sign, in_class=in_class), 1)

    @staticmethod
    def _named_class(sign: str, *, in_class: bool) -> _Piece:
        inner = _CLASSES[sign.lower()]
        if sign.isupper():
            return _Piece(f"[^{inner}]", 2)
        return _Piece(inner if in_class else f"[{inner}]", 1)


def _literal(sign: str, *, in_class: bool = False) -> str:
    special = r"\[]^-&~" if in_class else r"\[](){}.*+?|^$#&-~"
    return f"\\{sign}" if sign in special else sign


def _code(point: int) -> str:
    if point > 0x10FFFF or 0xD800 <= point <= 0xDFFF:
        raise RefusedPattern("a code point that no text holds")
    return f"\\u{{{point:X}}}"

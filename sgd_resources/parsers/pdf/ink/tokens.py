"""Content stream -> instructions, in bulk: one pattern takes whole runs of path operators, numbers turn to floats in C.

Anything the pattern does not know for sure (inline images, odd names, damage) sends the whole stream through pikepdf's
parser, which is right and ten times slower. What operators mean is `content`.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import cast

import pikepdf

from sgd_resources.parsers.pdf.ink.paths import LARGEST, Outline, outline_of, read_run, rectangle

Instruction = tuple[bytes, Sequence[bytes], Outline | None, int]
"""(operator, operands, outline, how many operators the stream had so far, this one included).

Operands are numbers and names as written; `PATH` is a run of path operators and has an outline instead. Operators that
set no colour and no place are left out; `END` stands last.
"""

PATH = b"path"
DAMAGED = b"damaged"
INLINE_IMAGE = b"inline image"
END = b"end"
BEGIN_MARKED, END_MARKED = b"BDC", b"EMC"
"""Marked content; of its operands only the name of a layer is kept."""
SHOW_TEXT = frozenset((b"Tj", b"TJ", b"'", b'"'))
PAINT_PATH = frozenset((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"n"))
SET_COLOUR = frozenset((b"g", b"G", b"rg", b"RG", b"k", b"K", b"cs", b"CS", b"sc", b"SC", b"scn", b"SCN"))
_WITH_OPERANDS = SET_COLOUR | {b"cm", b"gs", b"w", b"Tr", b"Do", b"sh"}
_BARE = PAINT_PATH | SHOW_TEXT | {b"q", b"Q", b"W", b"W*", END_MARKED}
_BEGIN_ANY = frozenset((b"BMC", BEGIN_MARKED))
_CONSTRUCTION = frozenset((b"m", b"l", b"c", b"v", b"y", b"h", b"re"))
_STRANGE = _CONSTRUCTION | {b"BI", b"ID", b"EI", b"true", b"false", b"null", b"R"}

_SPACE = rb"[\t\n\f\r ]"
_END = rb"(?=[\t\n\f\r ()<>\[\]/%])"
_NUMBERS = rb"[-+.0-9\t\n\f\r ]"
_COMMENT = rb"%[^\r\n]*+"
_NAME = rb"/[!-$&'*-.0-;=?-Z\\^-z|~]*+"
_STRING = rb"\((?:[^()\\]++|\\[\s\S]|\((?:[^()\\]++|\\[\s\S])*+\))*+\)"
_HEX_STRING = rb"<[0-9A-Fa-f\t\n\f\r ]*+>"
_SIMPLE = rb"|".join((_NUMBERS + rb"++", _NAME, _STRING, _HEX_STRING))
_ARRAY = rb"\[(?:" + _SIMPLE + rb")*+\]"
_DICTIONARY = rb"<<(?:" + _SIMPLE + rb"|" + _ARRAY + rb")*+>>"
_OPERATOR = rb"(?<![-+.0-9])([A-Za-z'\"][A-Za-z0-9*'\"]*+)" + _END
# every loop is possessive and its branches begin unlike each other, so that time is linear in any input
_NEXT = re.compile(
    rb"".join(
        (
            rb"(?:" + _SPACE + rb"++|" + _COMMENT + rb")*+(?:",
            rb"((?:" + _NUMBERS + rb"*+(?<![-+.0-9])(?:[mlcvyh]|re)" + _END + rb"){1,4096}+)",
            rb"|(" + _NUMBERS + rb"*+)(" + _NAME + _SPACE + rb"*+)?+" + _OPERATOR,
            rb"|(\Z)",
            rb"|(?:" + rb"|".join((_SIMPLE, _ARRAY, _DICTIONARY, _COMMENT)) + rb")++" + _OPERATOR,
            rb"|([\s\S]))",
        )
    )
)
_PATH_RUN, _OPERANDS, _NAMED, _PLAIN, _STREAM_END, _AFTER_OTHERS = range(1, 7)
_LAYER = re.compile(rb"/OC" + _SPACE + rb"*+(" + _NAME + rb")" + _SPACE + rb"*+BDC\Z")
_HEX_PAIR = re.compile(rb"#([2-7][0-9A-Fa-f])?")


def read_instructions(source: pikepdf.Page | pikepdf.Object, limit: int) -> list[Instruction]:
    """What `content` needs of a page's or form's stream: at least the first `limit` operators.

    Raises:
        pikepdf.PdfError, TypeError, ValueError: the stream cannot be read at all.
    """
    data = _content(source)
    found = None if data is None else scan(data, limit)
    return list(by_pikepdf(source)) if found is None else found


def scan(data: bytes, limit: int) -> list[Instruction] | None:
    """The instructions of a content stream; None when part of it is not plain.

    Operands of path operators are counted over a whole run, not one by one.
    """
    found: list[Instruction] = []
    count = 0
    # every word is followed by something, so that the pattern need not ask for the end
    for match in _NEXT.finditer(data + b"\n"):
        kind = match.lastindex
        if kind == _PATH_RUN:
            read = read_run(match[_PATH_RUN])
            if read is None:
                return None
            outline, operators = read
            count += operators
            if outline:
                found.append((PATH, (), outline, count))
        elif kind == _PLAIN:
            operator = match[_PLAIN]
            count += 1
            if operator in _WITH_OPERANDS:
                operands = match[_OPERANDS].split()
                name = match[_NAMED]
                if name:
                    name = _HEX_PAIR.sub(_unescaped, name.rstrip())
                    operands.append(name)
                if not _are_plain(operands, name):
                    return None
                found.append((operator, operands, None, count))
            elif operator in _BARE:
                found.append((operator, (), None, count))
            elif operator in _BEGIN_ANY:
                found.append((BEGIN_MARKED, (), None, count))
            elif operator in _STRANGE:
                return None
        elif kind == _AFTER_OTHERS:
            operator = match[_AFTER_OTHERS]
            count += 1
            if operator in _BARE:
                found.append((operator, (), None, count))
            elif operator in _BEGIN_ANY:
                layer = _LAYER.search(match[0])
                found.append((BEGIN_MARKED, (layer[1],) if layer else (), None, count))
            elif operator in _WITH_OPERANDS or operator in _STRANGE:
                return None
        elif kind == _STREAM_END:
            break
        else:
            return None
        if count > limit:
            break
    return [*found, (END, (), None, count)]


def _unescaped(match: re.Match[bytes]) -> bytes:
    return bytes.fromhex(match[1].decode()) if match[1] else b"\xff"


def written(operands: Sequence[bytes]) -> str:
    """Operands as text: numbers in their plain form, names with their slash."""
    return " ".join(_plain(operand) for operand in operands)


def _plain(operand: bytes) -> str:
    text = operand.decode()
    if text.startswith("/"):
        return text
    return str(Decimal(text)) if "." in text or "E" in text else str(int(text))


def _are_plain(operands: Sequence[bytes], name: bytes | None) -> bool:
    """Whether all operands are numbers, and the name that comes last one of ASCII characters."""
    try:
        numbers = [float(operand) for operand in (operands[:-1] if name else operands)]
    except ValueError:
        return False
    is_small = not numbers or (max(numbers) < LARGEST and min(numbers) > -LARGEST)
    return is_small and (name is None or name.isascii())


def _content(source: pikepdf.Page | pikepdf.Object) -> bytes | None:
    """The decoded bytes of a stream, parts of a page's content on lines of their own; None when that is not plain."""
    node = source.obj.get("/Contents") if isinstance(source, pikepdf.Page) else source
    parts = list(cast("Iterator[pikepdf.Object]", node)) if isinstance(node, pikepdf.Array) else [node]
    data: list[bytes] = []
    for part in parts:
        if not isinstance(part, pikepdf.Stream):
            return None
        try:
            data.append(part.read_bytes())
        except pikepdf.PdfError:
            return None
    return b"\n".join(data)


def by_pikepdf(source: pikepdf.Page | pikepdf.Object) -> Iterator[Instruction]:
    """The instructions of any stream, path operators one by one; one that cannot be read comes as `DAMAGED`.

    Raises:
        pikepdf.PdfError, TypeError, ValueError: the stream cannot be read at all.
    """
    count = 0
    for count, instruction in enumerate(pikepdf.parse_content_stream(source), start=1):
        operator = str(instruction.operator).encode("utf-8", "replace")
        operands = cast("Sequence[pikepdf.Object]", instruction.operands)
        try:
            if operator in _CONSTRUCTION:
                outline = _outline(operator, [float(value) for value in operands])
                if outline:
                    yield PATH, (), outline, count
            elif operator in _WITH_OPERANDS:
                yield operator, [str(value).encode("utf-8", "replace") for value in operands], None, count
            elif operator in _BARE:
                yield operator, (), None, count
            elif operator in _BEGIN_ANY:
                names = [str(value).encode("utf-8", "replace") for value in operands if isinstance(value, pikepdf.Name)]
                yield BEGIN_MARKED, names[1:2] if names[:1] == [b"/OC"] else (), None, count
            elif operator == b"INLINE IMAGE":
                yield INLINE_IMAGE, (), None, count
        except (ValueError, TypeError, IndexError, KeyError, pikepdf.PdfError, OverflowError, AttributeError):
            yield DAMAGED, (), None, count
    yield END, (), None, count


def _outline(operator: bytes, numbers: list[float]) -> Outline | None:
    if operator == b"re":
        x, y, width, height = numbers
        return rectangle(x, y, x + width, y + height)
    size = {b"m": 2, b"l": 2, b"c": 6, b"v": 4, b"y": 4, b"h": 0}[operator]
    if len(numbers) < size:
        raise ValueError("too few operands")
    return outline_of(numbers[:size]) if size else None

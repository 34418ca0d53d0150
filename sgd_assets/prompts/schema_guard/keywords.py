"""What each keyword of a schema asks of a value that holds no further schema: kinds, bounds, texts, names.

A factory takes the keyword's value and gives the check; a value that the keyword cannot have is refused. What must not
live here: keywords that hold schemas (`applicators.py`).

Source: JSON Schema 2020-12 Validation, section 6; draft 7 has the same keywords but for `dependent...`.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from sgd_assets.prompts.schema_guard.formats import FORMATS
from sgd_assets.prompts.schema_guard.patterns import RefusedPattern, compile_pattern
from sgd_assets.prompts.schema_guard.run import Place, Run, frozen

Check = Callable[[Any, Place, Run], bool]
"""(value, place, run) -> whether it holds; notes its own fault."""

_MOST_SHOWN = 5


class BadKeyword(ValueError):
    """The keyword cannot have this value; the text says what it takes."""


def is_number(value: Any) -> bool:
    """Whether it is a JSON number: true and false are none, though Python counts them so."""
    return isinstance(value, int | float) and not isinstance(value, bool)


_KINDS: Mapping[str, Callable[[Any], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "number": is_number,
    "integer": lambda value: is_number(value) and (isinstance(value, int) or value.is_integer()),
}


def _type(given: Any, pointer: str) -> Check:
    names = [given] if isinstance(given, str) else given
    if not isinstance(names, list) or not names or any(not isinstance(n, str) or n not in _KINDS for n in names):
        raise BadKeyword("one or more of " + ", ".join(_KINDS))
    if len(set(names)) < len(names):
        raise BadKeyword("each kind once")
    kinds, told = [_KINDS[name] for name in names], f"type: {' or '.join(names)}"

    def check(value: Any, place: Place, run: Run) -> bool:
        return any(kind(value) for kind in kinds) or run.fault(place, told, pointer)

    return check


def _enum(given: Any, pointer: str) -> Check:
    if not isinstance(given, list):
        raise BadKeyword("a list")
    known = frozenset(frozen(item, Run(1_000_000)) for item in given)
    more = f" and {len(given) - _MOST_SHOWN} more" if len(given) > _MOST_SHOWN else ""
    told = f"enum: one of {', '.join(str(item)[:40] for item in given[:_MOST_SHOWN])}{more}"

    def check(value: Any, place: Place, run: Run) -> bool:
        return frozen(value, run) in known or run.fault(place, told, pointer)

    return check


def _const(given: Any, pointer: str) -> Check:
    wanted, told = frozen(given, Run(1_000_000)), f"const: {str(given)[:60]}"

    def check(value: Any, place: Place, run: Run) -> bool:
        return frozen(value, run) == wanted or run.fault(place, told, pointer)

    return check


def _bound(name: str, holds: Callable[[Any, Any], bool]) -> Callable[[Any, str], Check]:
    def make(given: Any, pointer: str) -> Check:
        if not is_number(given):
            raise BadKeyword("a number")
        told = f"{name}: {given}"

        def check(value: Any, place: Place, run: Run) -> bool:
            return not is_number(value) or holds(value, given) or run.fault(place, told, pointer)

        return check

    return make


def _multiple_of(given: Any, pointer: str) -> Check:
    if not is_number(given) or given <= 0:
        raise BadKeyword("a number above 0")
    step, told = Fraction(str(given)), f"multipleOf: {given}"

    def check(value: Any, place: Place, run: Run) -> bool:
        # By the decimal that was written: 0.3 is three times 0.1, which it is not in binary.
        holds = not is_number(value) or (Fraction(str(value)) / step).denominator == 1
        return holds or run.fault(place, told, pointer)

    return check


def _size(
    name: str, kind: type[str | list[Any] | dict[str, Any]], holds: Callable[[int, int], bool]
) -> Callable[[Any, str], Check]:
    def make(given: Any, pointer: str) -> Check:
        most = as_count(given)
        told = f"{name}: {most}"

        def check(value: Any, place: Place, run: Run) -> bool:
            return not isinstance(value, kind) or holds(len(value), most) or run.fault(place, told, pointer)

        return check

    return make


def as_count(given: Any) -> int:
    """A keyword's whole number of 0 or more; 2.0 is one."""
    if not is_number(given) or given < 0 or int(given) != given:
        raise BadKeyword("a whole number, 0 or more")
    return int(given)


def _pattern(given: Any, pointer: str) -> Check:
    if not isinstance(given, str):
        raise BadKeyword("a text")
    try:
        pattern = compile_pattern(given)
    except RefusedPattern as error:
        raise BadKeyword(str(error)) from error
    told = f"pattern: {given}"

    def check(value: Any, place: Place, run: Run) -> bool:
        if not isinstance(value, str):
            return True
        run.spend(pattern.cost * len(value) // 100)
        return pattern.is_in(value) or run.fault(place, told, pointer)

    return check


def _format(given: Any, pointer: str) -> Check | None:
    if not isinstance(given, str):
        raise BadKeyword("a text")
    holds, told = FORMATS.get(given), f"format: {given}"
    if holds is None:
        return None

    def check(value: Any, place: Place, run: Run) -> bool:
        if not isinstance(value, str):
            return True
        run.spend(len(value) // 100)
        return holds(value) or run.fault(place, told, pointer)

    return check


def _unique_items(given: Any, pointer: str) -> Check | None:
    if not isinstance(given, bool):
        raise BadKeyword("true or false")
    if not given:
        return None

    def check(value: Any, place: Place, run: Run) -> bool:
        if not isinstance(value, list) or len({frozen(item, run) for item in value}) == len(value):
            return True
        return run.fault(place, "uniqueItems", pointer)

    return check


def names_of(given: Any) -> list[str]:
    """A keyword's list of names, each once."""
    if not isinstance(given, list) or any(not isinstance(name, str) for name in given):
        raise BadKeyword("a list of names")
    if len(set(given)) < len(given):
        raise BadKeyword("each name once")
    return given


def _required(given: Any, pointer: str) -> Check:
    wanted = names_of(given)

    def check(value: Any, place: Place, run: Run) -> bool:
        if not isinstance(value, dict):
            return True
        run.spend(len(wanted) // 10)
        missing = [name for name in wanted if name not in value]
        return not missing or run.fault(place, f"required: {', '.join(missing)}", pointer)

    return check


def _dependent_required(given: Any, pointer: str) -> Check:
    if not isinstance(given, dict):
        raise BadKeyword("an object of lists of names")
    wanted = {name: names_of(names) for name, names in given.items()}

    def check(value: Any, place: Place, run: Run) -> bool:
        if not isinstance(value, dict):
            return True
        run.spend(sum(map(len, wanted.values())) // 10)
        missing = [other for name, others in wanted.items() if name in value for other in others if other not in value]
        return not missing or run.fault(place, f"dependentRequired: {', '.join(missing)}", pointer)

    return check


ASSERTIONS: Mapping[str, Callable[[Any, str], Check | None]] = {
    "type": _type, "enum": _enum, "const": _const, "multipleOf": _multiple_of,
    "maximum": _bound("maximum", lambda value, most: bool(value <= most)),
    "exclusiveMaximum": _bound("exclusiveMaximum", lambda value, most: bool(value < most)),
    "minimum": _bound("minimum", lambda value, least: bool(value >= least)),
    "exclusiveMinimum": _bound("exclusiveMinimum", lambda value, least: bool(value > least)),
    "maxLength": _size("maxLength", str, lambda size, most: size <= most),
    "minLength": _size("minLength", str, lambda size, least: size >= least),
    "maxItems": _size("maxItems", list, lambda size, most: size <= most),
    "minItems": _size("minItems", list, lambda size, least: size >= least),
    "maxProperties": _size("maxProperties", dict, lambda size, most: size <= most),
    "minProperties": _size("minProperties", dict, lambda size, least: size >= least),
    "pattern": _pattern, "format": _format, "uniqueItems": _unique_items, "required": _required,
    "dependentRequired": _dependent_required,
}  # fmt: skip
"""By keyword: what makes its check; None where it asks nothing."""

"""Keywords that hold schemas: over the parts of objects and arrays, and over the same value.

Each factory takes compiled inner schemas and the place of its keyword. What must not live here: reading documents.

Source: JSON Schema 2020-12 Core, sections 10 and 11; draft 7 Validation, sections 6.4 to 6.7.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sgd_assets.prompts.schema_guard.node import Applied, Node
from sgd_assets.prompts.schema_guard.patterns import Pattern
from sgd_assets.prompts.schema_guard.run import Place, Run, Seen


def properties(
    named: Mapping[str, Node], by_pattern: Sequence[tuple[Pattern, Node]], additional: Node | None
) -> Applied:
    """`properties`, `patternProperties` and `additionalProperties` together: the last is what the others leave."""

    def check(value: Any, place: Place, run: Run, seen: Seen) -> bool:
        if not isinstance(value, dict):
            return True
        is_good = True
        for name, item in value.items():
            run.spend(1)
            nodes = [named[name]] if name in named else []
            for pattern, node in by_pattern:
                run.spend(1 + pattern.cost * len(name) // 100)
                if pattern.is_in(name):
                    nodes.append(node)
            if not nodes and additional is not None:
                nodes = [additional]
            if nodes:
                seen.names.add(name)
            for node in nodes:
                is_good = node.holds(item, (*place, name), run, Seen()) and is_good
        return is_good

    return check


def property_names(node: Node) -> Applied:
    """`propertyNames`."""

    def check(value: Any, place: Place, run: Run, seen: Seen) -> bool:
        if not isinstance(value, dict):
            return True
        return _every(node.holds(name, (*place, name), run, Seen()) for name in value)

    return check


def items(first: Sequence[Node], rest: Node | None) -> Applied:
    """The first items by their place, the rest by one schema."""

    def check(value: Any, place: Place, run: Run, seen: Seen) -> bool:
        if not isinstance(value, list):
            return True
        is_good = True
        for index, item in enumerate(value):
            node = first[index] if index < len(first) else rest
            if node is None:
                break
            seen.items.add(index)
            is_good = node.holds(item, (*place, index), run, Seen()) and is_good
        return is_good

    return check


def contains(node: Node, least: int, most: int | None, pointer: str) -> Applied:
    """`contains` with `minContains` and `maxContains`."""

    def check(value: Any, place: Place, run: Run, seen: Seen) -> bool:
        if not isinstance(value, list):
            return True
        found = [at for at, item in enumerate(value) if node.holds_quietly(item, (*place, at), run, Seen())]
        seen.items.update(found)
        if len(found) < least:
            return run.fault(place, f"contains: at least {least}", pointer)
        return most is None or len(found) <= most or run.fault(place, f"maxContains: {most}", pointer)

    return check


def all_of(nodes: Sequence[Node]) -> Applied:
    """`allOf`, and `$ref` beside other keywords."""

    def check(value: Any, place: Place, run: Run, seen: Seen) -> bool:
        is_good = True
        for node in nodes:
            is_good = node.holds(value, place, run, seen) and is_good
        return is_good

    return check


def any_of(nodes: Sequence[Node], pointer: str) -> Applied:
    """`anyOf`; every branch that holds counts as having looked."""

    def check(value: Any, place: Place, run: Run, seen: Seen) -> bool:
        held = [node.holds_quietly(value, place, run, seen) for node in nodes]
        return any(held) or run.fault(place, f"anyOf: none of {len(nodes)} holds", pointer)

    return check


def one_of(nodes: Sequence[Node], pointer: str) -> Applied:
    """`oneOf`."""

    def check(value: Any, place: Place, run: Run, seen: Seen) -> bool:
        held = sum(node.holds_quietly(value, place, run, seen) for node in nodes)
        return held == 1 or run.fault(place, f"oneOf: {held} of {len(nodes)} hold", pointer)

    return check


def not_(node: Node, pointer: str) -> Applied:
    """`not`."""

    def check(value: Any, place: Place, run: Run, seen: Seen) -> bool:
        return not node.holds_quietly(value, place, run, Seen()) or run.fault(place, "not", pointer)

    return check


def if_(condition: Node, then: Node | None, otherwise: Node | None) -> Applied:
    """`if` with `then` and `else`."""

    def check(value: Any, place: Place, run: Run, seen: Seen) -> bool:
        chosen = then if condition.holds_quietly(value, place, run, seen) else otherwise
        return chosen is None or chosen.holds(value, place, run, seen)

    return check


def dependent_schemas(nodes: Mapping[str, Node]) -> Applied:
    """`dependentSchemas`."""

    def check(value: Any, place: Place, run: Run, seen: Seen) -> bool:
        if not isinstance(value, dict):
            return True
        run.spend(len(nodes) // 10)
        return _every(node.holds(value, place, run, seen) for name, node in nodes.items() if name in value)

    return check


def unevaluated_properties(node: Node) -> Applied:
    """`unevaluatedProperties`: the properties that no schema of this value looked at."""

    def check(value: Any, place: Place, run: Run, seen: Seen) -> bool:
        if not isinstance(value, dict):
            return True
        left = [name for name in value if name not in seen.names]
        seen.names.update(left)
        return _every(node.holds(value[name], (*place, name), run, Seen()) for name in left)

    return check


def unevaluated_items(node: Node) -> Applied:
    """`unevaluatedItems`."""

    def check(value: Any, place: Place, run: Run, seen: Seen) -> bool:
        if not isinstance(value, list):
            return True
        left = [index for index in range(len(value)) if index not in seen.items]
        seen.items.update(left)
        return _every(node.holds(value[index], (*place, index), run, Seen()) for index in left)

    return check


def _every(held: Iterable[bool]) -> bool:
    """Whether all hold; none is left out, so that every fault is noted."""
    return False not in list(held)

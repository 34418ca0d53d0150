"""A schema document -> compiled nodes: every keyword checked for what it may be, every reference found in the document.

What must not live here: limits on the whole document (`guard.py`), or what keywords ask of a value.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal
from urllib.parse import unquote

from sgd_assets.prompts.schema_guard import applicators
from sgd_assets.prompts.schema_guard.formats import FORMATS
from sgd_assets.prompts.schema_guard.keywords import ASSERTIONS, BadKeyword, as_count
from sgd_assets.prompts.schema_guard.node import Node
from sgd_assets.prompts.schema_guard.patterns import Pattern, RefusedPattern, compile_pattern

Dialect = Literal["draft-07", "2020-12"]
MAX_DEPTH = 10
MAX_PATTERNS = 200
MAX_PATTERN_COST = 20_000
"""Of all patterns of a schema together: compiling them takes some 10 ms at most."""
MAX_WARNINGS = 20
_NEW = frozenset({
    "prefixItems", "dependentRequired", "dependentSchemas", "unevaluatedItems", "unevaluatedProperties", "minContains",
    "maxContains", "$anchor", "$dynamicRef", "$dynamicAnchor",
})  # fmt: skip
"""Keywords that draft 7 does not know."""
_OLD = frozenset({"additionalItems", "dependencies"})
"""Keywords that 2020-12 does not know."""
_SILENT = frozenset({
    "$schema", "$id", "$comment", "$anchor", "$dynamicAnchor", "$defs", "definitions", "title", "description",
    "default", "examples", "deprecated", "readOnly", "writeOnly", "contentEncoding", "contentMediaType",
    "contentSchema", "then", "else", "minContains", "maxContains", "additionalItems",
})  # fmt: skip
"""Keywords that ask nothing of a value by themselves."""
_REFUSED = {
    "$recursiveRef": "of draft 2019-09; use $ref or $dynamicRef",
    "$vocabulary": "belongs to the description of a dialect, not to a schema",
}


class BadSchema(ValueError):
    """The document is no schema that can be taken.

    Args:
        pointer: where in it, as a JSON pointer.
        message: what is wrong there.
    """

    def __init__(self, pointer: str, message: str) -> None:
        super().__init__(f"{pointer}: {message}")
        self.pointer = pointer
        self.message = message


class Reader:
    """Reads one document."""

    def __init__(self, document: Mapping[str, Any], dialect: Dialect) -> None:
        self.document = document
        self.dialect: Dialect = dialect
        self.warnings: dict[str, None] = {}
        self.anchors: dict[str, str] = {}
        self._nodes: dict[str, Node] = {}
        self._references: list[tuple[Node, str, str]] = []
        self._patterns: dict[str, Pattern] = {}
        self._pattern_cost = 0
        self._own_name = str(document.get("$id", "")).partition("#")[0]

    def read(self) -> Node:
        """The root. Raises BadSchema."""
        root = self._node(self.document, "#", 1)
        while self._references:
            node, reference, pointer = self._references.pop()
            target = self._target(reference, pointer)
            node.beside.append(target)
            node.applied.append(applicators.all_of([target]))
        for node in self._nodes.values():
            # `unevaluated...` looks at what all others left, references among them.
            node.applied += node.last
            node.last = []
        return root

    @property
    def nodes(self) -> Iterable[Node]:
        """Every schema of the document."""
        return self._nodes.values()

    def _node(self, schema: Any, pointer: str, depth: int) -> Node:
        if pointer in self._nodes:
            return self._nodes[pointer]
        if depth > MAX_DEPTH:
            raise BadSchema(pointer, f"schemas are nested deeper than {MAX_DEPTH}")
        node = self._nodes[pointer] = Node(pointer)
        if isinstance(schema, bool):
            if not schema:
                node.checks.append(lambda _, place, run: run.fault(place, "nothing is allowed here", pointer))
            return node
        if not isinstance(schema, Mapping):
            raise BadSchema(pointer, "a schema is an object, true or false")
        self._named(schema, pointer)
        for name in ("$defs", "definitions"):
            if name in schema:
                self._map(schema[name], f"{pointer}/{name}", 0)
        if "$ref" in schema and self.dialect == "draft-07":
            # Draft 7: what stands beside a $ref is not looked at.
            self._refer(node, schema, "$ref", pointer)
            return node
        _Keywords(self, node, schema, pointer, depth).read()
        return node

    def _named(self, schema: Mapping[str, Any], pointer: str) -> None:
        """Note the names that references may use."""
        found = schema.get("$id")
        if found is not None and not isinstance(found, str):
            raise BadSchema(f"{pointer}/$id", "a text")
        if found is not None and pointer != "#":
            if not (self.dialect == "draft-07" and found.startswith("#")):
                raise BadSchema(f"{pointer}/$id", "a schema inside another has no address of its own here; use $anchor")
            self._anchor(found[1:], pointer)
        for name in ("$anchor", "$dynamicAnchor"):
            anchor = schema.get(name)
            if anchor is not None and self.dialect == "2020-12":
                if not isinstance(anchor, str) or not anchor:
                    raise BadSchema(f"{pointer}/{name}", "a name")
                self._anchor(anchor, pointer)

    def _anchor(self, name: str, pointer: str) -> None:
        if self.anchors.setdefault(name, pointer) != pointer:
            raise BadSchema(pointer, f"the name {name[:60]!r} is given twice")

    def _map(self, given: Any, pointer: str, depth: int) -> dict[str, Node]:
        if not isinstance(given, Mapping):
            raise BadSchema(pointer, "an object of schemas")
        return {name: self._node(inner, f"{pointer}/{escaped(name)}", depth + 1) for name, inner in given.items()}

    def _list(self, given: Any, pointer: str, depth: int) -> list[Node]:
        if not isinstance(given, list) or not given:
            raise BadSchema(pointer, "a list of one or more schemas")
        return [self._node(inner, f"{pointer}/{index}", depth + 1) for index, inner in enumerate(given)]

    def _refer(self, node: Node, schema: Mapping[str, Any], keyword: str, pointer: str) -> None:
        reference = schema[keyword]
        if not isinstance(reference, str):
            raise BadSchema(f"{pointer}/{keyword}", "a text")
        self._references.append((node, reference, f"{pointer}/{keyword}"))

    def pattern(self, source: Any, pointer: str) -> Pattern:
        """A pattern of the document, counted. Raises BadSchema."""
        try:
            found = compile_pattern(source)
        except RefusedPattern as error:
            raise BadSchema(pointer, f"this pattern is refused: {error}") from error
        if source not in self._patterns:
            self._patterns[source] = found
            self._pattern_cost += found.cost
        if len(self._patterns) > MAX_PATTERNS or self._pattern_cost > MAX_PATTERN_COST:
            raise BadSchema(pointer, f"more than {MAX_PATTERNS} patterns, or too large ones together")
        return found

    def warn(self, text: str) -> None:
        """Something of the schema is not looked at."""
        if len(self.warnings) < MAX_WARNINGS:
            self.warnings[text] = None

    def _target(self, reference: str, pointer: str) -> Node:
        name, _, fragment = reference.partition("#")
        if name and name != self._own_name:
            raise BadSchema(pointer, "references to other documents are never fetched; put the schema into $defs")
        fragment = unquote(fragment)
        if fragment and not fragment.startswith("/"):
            if fragment not in self.anchors:
                raise BadSchema(pointer, "refers to a name that is not in the schema")
            return self._nodes[self.anchors[fragment]]
        steps = [step.replace("~1", "/").replace("~0", "~") for step in fragment.split("/")[1:]]
        canonical = "#" + "".join(f"/{escaped(step)}" for step in steps)
        if canonical in self._nodes:
            return self._nodes[canonical]
        return self._node(self._at(steps, pointer), canonical, 1)

    def _at(self, steps: list[str], pointer: str) -> Any:
        found: Any = self.document
        for step in steps:
            if isinstance(found, Mapping) and step in found:
                found = found[step]
            elif isinstance(found, list) and step.isascii() and step.isdigit() and int(step[:9]) < len(found):
                found = found[int(step[:9])]
            else:
                raise BadSchema(pointer, "refers to something that is not in the schema")
        return found


class _Keywords:
    """Reads the keywords of one schema object into its node."""

    def __init__(self, reader: Reader, node: Node, schema: Mapping[str, Any], pointer: str, depth: int) -> None:
        self.reader, self.node, self.schema, self.pointer, self.depth = reader, node, schema, pointer, depth

    def read(self) -> None:
        foreign = _NEW if self.reader.dialect == "draft-07" else _OLD
        for name in self.schema:
            if name in _REFUSED:
                raise BadSchema(f"{self.pointer}/{escaped(name)}", _REFUSED[name])
            if name in foreign:
                self.reader.warn(f"{name} is no keyword of {self.reader.dialect} and is not looked at")
            elif name not in _KNOWN and not name.startswith("x-"):
                self.reader.warn(f"the keyword {name[:60]} is not known and is not looked at")
        self._assertions(foreign)
        self._objects()
        self._arrays()
        self._beside()

    def _assertions(self, foreign: frozenset[str]) -> None:
        for name, make in ASSERTIONS.items():
            if name not in self.schema or name in foreign:
                continue
            given, pointer = self.schema[name], f"{self.pointer}/{name}"
            if name == "pattern" and isinstance(given, str):
                self.reader.pattern(given, pointer)
            if name == "format" and isinstance(given, str) and given not in FORMATS:
                self.reader.warn(f"the format {given[:60]} is not asserted")
            try:
                check = make(given, pointer)
            except BadKeyword as error:
                raise BadSchema(pointer, f"takes {error}") from error
            if check is not None:
                self.node.checks.append(check)

    def _objects(self) -> None:
        named = self._several("properties", self.reader._map, {})
        given = self.schema.get("patternProperties", {})
        nodes = self._several("patternProperties", self.reader._map, {})
        by_pattern = [
            (self.reader.pattern(source, f"{self.pointer}/patternProperties"), node)
            for source, node in zip(given, nodes.values(), strict=True)
        ]
        additional = self._one("additionalProperties")
        if named or by_pattern or additional:
            self.node.applied.append(applicators.properties(named, by_pattern, additional))
        if (names := self._one("propertyNames")) is not None:
            self.node.applied.append(applicators.property_names(names))
        if self.reader.dialect == "2020-12":
            self._dependent(self._several("dependentSchemas", self.reader._map, {}))
            if (rest := self._one("unevaluatedProperties")) is not None:
                self.node.last.append(applicators.unevaluated_properties(rest))
        elif "dependencies" in self.schema:
            self._old_dependencies(self.schema["dependencies"], f"{self.pointer}/dependencies")

    def _old_dependencies(self, given: Any, pointer: str) -> None:
        if not isinstance(given, Mapping):
            raise BadSchema(pointer, "an object of schemas or lists of names")
        lists = {name: value for name, value in given.items() if isinstance(value, list)}
        try:
            check = ASSERTIONS["dependentRequired"](lists, pointer)
        except BadKeyword as error:
            raise BadSchema(pointer, f"takes {error}") from error
        assert check is not None
        self.node.checks.append(check)
        rest = {name: value for name, value in given.items() if name not in lists}
        self._dependent(self.reader._map(rest, pointer, self.depth))

    def _dependent(self, nodes: dict[str, Node]) -> None:
        if nodes:
            self.node.beside += nodes.values()
            self.node.applied.append(applicators.dependent_schemas(nodes))

    def _arrays(self) -> None:
        first: list[Node] = []
        if self.reader.dialect == "draft-07" and isinstance(self.schema.get("items"), list):
            # An empty list is allowed in draft 7, and asks nothing.
            given = self.schema["items"]
            first = self.reader._list(given, f"{self.pointer}/items", self.depth) if given else []
            rest = self._one("additionalItems")
        elif isinstance(self.schema.get("items"), list):
            message = "a list of schemas is prefixItems in 2020-12; for draft 7 say so in $schema"
            raise BadSchema(f"{self.pointer}/items", message)
        else:
            rest = self._one("items")
            if self.reader.dialect == "2020-12":
                first = self._several("prefixItems", self.reader._list, [])
        if first or rest:
            self.node.applied.append(applicators.items(first, rest))
        if (inner := self._one("contains")) is not None:
            self._contains(inner)
        if self.reader.dialect == "2020-12" and (left := self._one("unevaluatedItems")) is not None:
            self.node.last.append(applicators.unevaluated_items(left))

    def _contains(self, inner: Node) -> None:
        least, most = 1, None
        if self.reader.dialect == "2020-12":
            least, most = self._count("minContains", 1), self._count("maxContains", None)
        self.node.applied.append(applicators.contains(inner, least, most, f"{self.pointer}/contains"))

    def _count(self, name: str, default: Any) -> Any:
        try:
            return as_count(self.schema[name]) if name in self.schema else default
        except BadKeyword as error:
            raise BadSchema(f"{self.pointer}/{name}", f"takes {error}") from error

    def _beside(self) -> None:
        """Keywords that apply schemas to the same value."""
        if "$ref" in self.schema:
            self.reader._refer(self.node, self.schema, "$ref", self.pointer)
        if "$dynamicRef" in self.schema and self.reader.dialect == "2020-12":
            # In one document whose names are given once, the dynamic scope always ends at that one name.
            self.reader._refer(self.node, self.schema, "$dynamicRef", self.pointer)
        for name, make in (
            ("allOf", lambda nodes, _: applicators.all_of(nodes)),
            ("anyOf", applicators.any_of),
            ("oneOf", applicators.one_of),
        ):
            nodes = self._several(name, self.reader._list, [])
            if nodes:
                self.node.beside += nodes
                self.node.applied.append(make(nodes, f"{self.pointer}/{name}"))
        if (inner := self._one("not")) is not None:
            self.node.beside.append(inner)
            self.node.applied.append(applicators.not_(inner, f"{self.pointer}/not"))
        condition, then, otherwise = self._one("if"), self._one("then"), self._one("else")
        if condition is not None:
            self.node.beside += [node for node in (condition, then, otherwise) if node is not None]
            self.node.applied.append(applicators.if_(condition, then, otherwise))

    def _one(self, name: str) -> Node | None:
        if name not in self.schema:
            return None
        return self.reader._node(self.schema[name], f"{self.pointer}/{name}", self.depth + 1)

    def _several(self, name: str, read: Callable[[Any, str, int], Any], default: Any) -> Any:
        return read(self.schema[name], f"{self.pointer}/{name}", self.depth) if name in self.schema else default


_KNOWN = _SILENT | ASSERTIONS.keys() | _REFUSED.keys() | {
    "properties", "patternProperties", "additionalProperties", "propertyNames", "dependentSchemas", "dependencies",
    "unevaluatedProperties", "unevaluatedItems", "items", "prefixItems", "contains", "allOf", "anyOf", "oneOf", "not",
    "if", "$ref", "$dynamicRef",
}  # fmt: skip


def escaped(step: str) -> str:
    """A step of a JSON pointer."""
    return step.replace("~", "~0").replace("/", "~1")

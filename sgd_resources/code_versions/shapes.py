"""The shape of a definition: its syntax tree without what decides nothing, and with a slot for each name it refers to.

Left out: positions, docstrings, the annotations of functions and of their variables (those of a class decide: they are
its fields). What must not live here: what a reference stands for (`tree.py`).
"""

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sgd_resources.code_versions.modules import is_text
from sgd_resources.code_versions.scopes import bound_by_comprehension, bound_by_function

Reference = tuple[str, ...]
"""`("own", module, name)`, `("module", module)`, `("data", package, names)` or `("library", dotted name)`."""
Resolve = Callable[[ast.expr, frozenset[str]], tuple[Reference, bool] | None]
"""An expression and the names bound around it -> what it refers to, and whether its own text is dropped."""

_LEFT_OUT = frozenset({"ctx", "type_comment", "kind", "returns", "type_ignores"})


@dataclass
class Shape:
    """Tokens of the tree, and what its slots refer to, in the order in which they stand."""

    tokens: list[str] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All tokens; two definitions of one shape have the same."""
        return "\x1f".join(self.tokens)


def shape_of(statements: list[ast.stmt], resolve: Resolve) -> Shape:
    """The shape of the statements that bind one name."""
    shape = Shape()
    writer = _Writer(shape, resolve)
    for statement in statements:
        writer.write(statement, frozenset(), is_class=False)
    return shape


class _Writer:
    def __init__(self, shape: Shape, resolve: Resolve) -> None:
        self._shape = shape
        self._resolve = resolve

    def write(self, node: Any, bound: frozenset[str], *, is_class: bool) -> None:
        """Append a node's tokens; `is_class`: it stands in a class body, where annotations decide."""
        if isinstance(node, ast.AST):
            self._write_node(node, bound, is_class)
        elif isinstance(node, list):
            self._shape.tokens.append("[")
            for item in node:
                self.write(item, bound, is_class=is_class)
            self._shape.tokens.append("]")
        else:
            self._shape.tokens.append(repr(node))

    def _write_node(self, node: ast.AST, bound: frozenset[str], is_class: bool) -> None:
        if isinstance(node, (ast.Import, ast.ImportFrom)) or (isinstance(node, ast.stmt) and is_text(node)):
            return
        if isinstance(node, ast.AnnAssign) and not is_class:
            if node.value is not None:
                self._write_fields("Assign", [[node.target], node.value], bound)
            return
        if isinstance(node, ast.expr) and (found := self._resolve(node, bound)) is not None:
            reference, is_whole = found
            self._shape.references.append(reference)
            self._shape.tokens.append("@")
            if is_whole:
                return
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            self._write_function(node, bound)
        elif isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            self._write_plain(node, bound | bound_by_comprehension(node), outer=bound)
        else:
            self._write_plain(node, bound, is_class=isinstance(node, ast.ClassDef))

    def _write_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, bound: frozenset[str]) -> None:
        # defaults and decorators are evaluated outside, where the function's own names are not bound
        inner = bound | bound_by_function(node)
        given = node.args
        names = [*given.posonlyargs, "/", *given.args, "*", given.vararg, *given.kwonlyargs, "**", given.kwarg]
        self._shape.tokens += [type(node).__name__, getattr(node, "name", "")]
        self._shape.tokens += [name.arg if isinstance(name, ast.arg) else str(name) for name in names]
        self.write([given.defaults, given.kw_defaults, getattr(node, "decorator_list", [])], bound, is_class=False)
        self.write(node.body, inner, is_class=False)

    def _write_plain(
        self, node: ast.AST, bound: frozenset[str], *, outer: frozenset[str] | None = None, is_class: bool = False
    ) -> None:
        values = [value for name, value in ast.iter_fields(node) if name not in _LEFT_OUT]
        if outer is not None and isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            # the first iterable is evaluated outside of the comprehension
            self.write(node.generators[0].iter, outer, is_class=False)
        self._write_fields(type(node).__name__, values, bound, is_class=is_class)

    def _write_fields(self, kind: str, values: list[Any], bound: frozenset[str], *, is_class: bool = False) -> None:
        self._shape.tokens += ["(", kind]
        for value in values:
            self.write(value, bound, is_class=is_class)
        self._shape.tokens.append(")")

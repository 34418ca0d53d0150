"""One module's source as definitions by name: what each name of it is bound to, and by which statements.

What must not live here: following names from one module to another (`tree.py`).
"""

import ast
from dataclasses import dataclass, field

LOOSE = "<loose>"
"""Statements that bind no name, such as a registration: they belong to every definition of their module."""


@dataclass(frozen=True)
class Import:
    """What an import binds a name to: `attribute` of `module`, or the module itself."""

    module: str
    attribute: str | None = None


@dataclass
class Module:
    """A module's bindings. A name bound several times has all its statements, in their order."""

    definitions: dict[str, list[ast.stmt]] = field(default_factory=dict)
    imports: dict[str, Import] = field(default_factory=dict)


def read_module(name: str, source: bytes, *, is_package: bool) -> Module:
    """The bindings of a module, from its source; it is not imported."""
    package = name if is_package else name.rpartition(".")[0]
    module = Module()
    for statement in ast.parse(source).body:
        _add(module, statement, package)
    return module


def imports_of(node: ast.AST, package: str) -> dict[str, Import]:
    """What the import statements anywhere in a node bind."""
    found: dict[str, Import] = {}
    for inner in ast.walk(node):
        if isinstance(inner, ast.Import):
            for alias in inner.names:
                top = alias.name.partition(".")[0]
                found[alias.asname or top] = Import(alias.name if alias.asname else top)
        elif isinstance(inner, ast.ImportFrom):
            origin = _absolute(inner, package)
            found.update({alias.asname or alias.name: Import(origin, alias.name) for alias in inner.names})
    return found


def is_text(statement: ast.stmt) -> bool:
    """Whether it is a docstring, of a module, a definition or the constant above it."""
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def _add(module: Module, statement: ast.stmt, package: str) -> None:
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        module.imports.update(imports_of(statement, package))
        return
    if is_text(statement) or _is_for_type_checkers(statement) or _is_for_the_command_line(statement):
        return
    module.imports.update(imports_of(statement, package) if isinstance(statement, (ast.If, ast.Try)) else {})
    for name in _bound_by(statement) or [LOOSE]:
        module.definitions.setdefault(name, []).append(statement)


def _bound_by(statement: ast.stmt) -> list[str]:
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [statement.name]
    names: dict[str, None] = {}
    for node in ast.walk(statement):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names[node.name] = None
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names[node.id] = None
    return list(names)


def _is_for_type_checkers(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.If)
        and not statement.orelse
        and ast.unparse(statement.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")
    )


def _is_for_the_command_line(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.If) and ast.unparse(statement.test) == "__name__ == '__main__'"


def _absolute(statement: ast.ImportFrom, package: str) -> str:
    if not statement.level:
        return statement.module or ""
    above = package.split(".")
    above = above[: len(above) - statement.level + 1]
    return ".".join([*above, *([statement.module] if statement.module else [])])

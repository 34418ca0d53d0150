"""Names that a function or comprehension binds for itself, which therefore mean nothing of the module around it.

What must not live here: what a module's own names stand for (`modules.py`).
"""

import ast
from collections.abc import Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
_NAMED = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.ExceptHandler, ast.MatchAs, ast.MatchStar,
)  # fmt: skip


def bound_by_function(function: Function) -> set[str]:
    """Its parameters and what its own body assigns; not what a nested function or comprehension does."""
    given = function.args
    parameters = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    names = {parameter.arg for parameter in parameters if parameter is not None}
    body = [function.body] if isinstance(function, ast.Lambda) else function.body
    elsewhere: set[str] = set()
    for node in _own_nodes(body):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, _NAMED) and node.name:
            names.add(node.name)
        elif isinstance(node, ast.MatchMapping) and node.rest:
            names.add(node.rest)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            elsewhere.update(node.names)
    return names - elsewhere


def bound_by_comprehension(comprehension: Comprehension) -> set[str]:
    """Its loop variables."""
    return {
        node.id
        for generator in comprehension.generators
        for node in ast.walk(generator.target)
        if isinstance(node, ast.Name)
    }


def _own_nodes(body: list[ast.stmt] | list[ast.expr]) -> Iterator[ast.AST]:
    waiting: list[tuple[ast.AST, bool]] = [(node, False) for node in body]
    while waiting:
        node, is_loop_variable = waiting.pop()
        if not (is_loop_variable and isinstance(node, ast.Name)):
            yield node
        if isinstance(node, _SCOPES):
            continue
        for child in ast.iter_child_nodes(node):
            # a comprehension's variables are its own, what it assigns by `:=` is the function's
            inside = isinstance(node, ast.comprehension) and child is node.target
            waiting.append((child, inside or (is_loop_variable and not isinstance(child, ast.NamedExpr))))

"""Reference pages: the HTTP API from its description, commands from their own help, modules from their docstrings.

What must not live here: mkdocs.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("sgd_resources", "sgd_assets", "sgd_api")
_METHODS = ("get", "post", "put", "patch", "delete")


def api() -> str:
    """Every operation by tag; bodies in full are in `openapi.yaml`, which a running API shows at `/docs`."""
    from sgd_api.http.openapi import build_openapi

    document = build_openapi()
    by_tag: dict[str, list[str]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method in _METHODS:
                tag = next(iter(operation.get("tags", ())), "other")
                by_tag.setdefault(tag, []).append(_operation(method, path, operation))
    parts = ["# HTTP API", document["info"].get("description") or document["info"].get("summary", "")]
    for tag, operations in sorted(by_tag.items()):
        parts += [f"## {tag}", *operations]
    return "\n\n".join(parts) + "\n"


def commands() -> str:
    """Every command with its arguments and options, as `--help` tells them."""
    import typer

    from sgd_api.cli.app import app

    parts = ["# Command line"]
    for name, command in _leaves("sgd", typer.main.get_command(app)):
        parts += [f"## {name}", _plain(command.help or "")]
        rows = [_option(parameter) for parameter in command.params if not getattr(parameter, "hidden", False)]
        if rows:
            parts.append("| argument or option | meaning |\n|---|---|\n" + "\n".join(rows))
    return "\n\n".join(parts) + "\n"


def modules() -> str:
    """Every folder and module of the packages by the first sentences of its docstring."""
    parts = ["# Modules"]
    for package in PACKAGES:
        for folder in sorted({path.parent for path in (ROOT / package).rglob("*.py")}):
            if not (folder / "__init__.py").is_file() or "versions" in folder.parts:
                continue
            parts += [f"## {folder.relative_to(ROOT).as_posix()}", _said(folder / "__init__.py")]
            rows = [
                f"| `{path.name}` | {_cell(_said(path).splitlines()[0])} |" for path in sorted(folder.glob("[a-z]*.py"))
            ]
            if rows:
                parts.append("| module | what lives there |\n|---|---|\n" + "\n".join(rows))
    return "\n\n".join(parts) + "\n"


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    names = ", ".join(f"`{parameter['name']}`" for parameter in operation.get("parameters", ()))
    lines = [f"### `{method.upper()} {path}`", _plain(operation.get("summary", ""))]
    lines += [_plain(operation["description"])] if operation.get("description") else []
    lines += [f"Parameters: {names}"] if names else []
    return "\n\n".join([*lines, f"Answers: {', '.join(operation['responses'])}"])


def _leaves(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    children = getattr(command, "commands", None)
    if children is None:
        yield name, command
        return
    for child_name, child in sorted(children.items()):
        yield from _leaves(f"{name} {child_name}", child)


def _option(parameter: Any) -> str:
    name = " ".join(parameter.opts) if parameter.param_type_name == "option" else str(parameter.name).upper()
    return f"| `{name}` | {_cell(_plain(getattr(parameter, 'help', None) or ''))} |"


def _said(path: Path) -> str:
    return _plain(ast.get_docstring(ast.parse(path.read_text("utf-8"))) or path.stem)


def _plain(text: str) -> str:
    """No word of ours is taken for a tag or a link."""
    return text.replace("<", "&lt;").replace("[", "&#91;").replace("{", "&#123;")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")

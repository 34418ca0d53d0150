"""Follows definitions through our packages, from the functions that decide to all that they reach, and numbers them.

The result is a text that two trees share exactly when the reached code decides the same: no module names stand in it,
so that a file may move. Data files that code names (`package:folder/*.toml`) decide by what they state. What must not
live here: hashing, caching, the versions of libraries.
"""

import ast
import json
import os
import tomllib
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from sgd_resources.code_versions.libraries import DISTRIBUTIONS
from sgd_resources.code_versions.modules import LOOSE, Import, Module, imports_of, read_module
from sgd_resources.code_versions.shapes import Reference, Shape, shape_of
from sgd_resources.errors import BrokenContract

DATA = ".toml"


def sources(folder: Path) -> list[Path]:
    """Python files below a folder, sorted."""
    return sorted(Path(parent, name) for parent, _, names in os.walk(folder) for name in names if name.endswith(".py"))


def data_files(folder: Path) -> list[Path]:
    """Data files below a folder that rules can be written in, sorted."""
    return sorted(Path(parent, name) for parent, _, names in os.walk(folder) for name in names if name.endswith(DATA))


class CodeTree:
    """The sources of some packages.

    Args:
        roots: name of each top package and the folder it lies in.
    """

    def __init__(self, roots: Mapping[str, Path]) -> None:
        self._roots = dict(roots)
        self._modules: dict[str, Module] = {}
        self._shapes: dict[tuple[str, str], Shape] = {}

    def describe(self, deciders: Iterable[str]) -> tuple[str, tuple[str, ...]]:
        """Everything that the deciders reach, in the order in which it is met, and the libraries among it.

        Args:
            deciders: `module:name` each.

        Raises:
            BrokenContract: a decider is not in the sources.
        """
        order: dict[Reference, int] = {}
        waiting = [self._decider(name) for name in reversed(list(deciders))]
        # Numbers follow the order of first mention, so that they depend on nothing but the code.
        found: dict[Reference, tuple[str, list[Reference]]] = {}
        while waiting:
            reference = waiting.pop()
            if reference in found:
                continue
            order[reference] = len(order)
            text, referred = self._expanded(reference)
            found[reference] = text, referred
            waiting.extend(reversed(referred))
        lines = [f"{text}\x1e{[order[to] for to in referred]}" for text, referred in found.values()]
        libraries = {to[1].partition(".")[0] for to in found if to[0] == "library"}
        return "\n".join(lines), tuple(sorted(libraries & DISTRIBUTIONS.keys()))

    @cached_property
    def _files(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for root, folder in self._roots.items():
            for path in sources(folder):
                parts = path.relative_to(folder).with_suffix("").parts
                found[".".join((root, *parts[:-1], *([] if parts[-1] == "__init__" else parts[-1:])))] = path
        # Working out versions decides no outcome: else a change to this package would read everything again.
        return {name: path for name, path in found.items() if not name.startswith(__package__)}

    def _decider(self, name: str) -> Reference:
        module, _, attribute = name.partition(":")
        reference = self._in_module(module, attribute) if module in self._files else None
        if reference is None or reference[0] != "own":
            raise BrokenContract(f"the sources hold no {name}: were they installed?")
        return reference

    def _expanded(self, reference: Reference) -> tuple[str, list[Reference]]:
        if reference[0] == "own":
            shape = self._shape(reference[1], reference[2])
            loose = LOOSE in self._module(reference[1]).definitions and reference[2] != LOOSE
            return shape.text, [*shape.references, *([("own", reference[1], LOOSE)] if loose else [])]
        if reference[0] == "module":
            module = self._module(reference[1])
            return "module", [("own", reference[1], name) for name in sorted(module.definitions)]
        if reference[0] == "data":
            return self._stated(reference[1], reference[2]), []
        return reference[1], []

    def _stated(self, package: str, names: str) -> str:
        """What data files state, whatever their remarks and layout."""
        files = sorted(self._files[package].parent.glob(names))
        return json.dumps([(path.stem, tomllib.loads(path.read_text("utf-8"))) for path in files], sort_keys=True)

    def _module(self, name: str) -> Module:
        if name not in self._modules:
            path = self._files[name]
            self._modules[name] = read_module(name, path.read_bytes(), is_package=path.name == "__init__.py")
        return self._modules[name]

    def _shape(self, module: str, name: str) -> Shape:
        if (module, name) not in self._shapes:
            statements = self._module(module).definitions[name]
            package = module if self._files[module].name == "__init__.py" else module.rpartition(".")[0]
            local: dict[str, Import] = {}
            for statement in statements:
                local.update(imports_of(statement, package))

            def resolve(node: ast.expr, bound: frozenset[str]) -> tuple[Reference, bool] | None:
                return self._resolve(node, module, local, bound)

            self._shapes[module, name] = shape_of(statements, resolve)
        return self._shapes[module, name]

    def _resolve(
        self, node: ast.expr, module: str, local: Mapping[str, Import], bound: frozenset[str]
    ) -> tuple[Reference, bool] | None:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in bound:
            found = self._imported(local[node.id]) if node.id in local else self._in_module(module, node.id)
            return None if found is None else (found, True)
        if isinstance(node, ast.Attribute):
            inner = self._resolve(node.value, module, local, bound)
            if inner is None or inner[0][0] != "module":
                return None
            found = self._in_module(inner[0][1], node.attr)
            return None if found is None else (found, True)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return self._named(node.value)
        return None

    def _named(self, text: str) -> tuple[Reference, bool] | None:
        """Texts that name code: `package.module`, `package.module:function`, a library that is looked for, or data."""
        if text in DISTRIBUTIONS:
            return ("library", text), False
        name, _, attribute = text.partition(":")
        if "." not in name or name not in self._files:
            return None
        if attribute.endswith(DATA):
            return ("data", name, attribute), True
        found = self._in_module(name, attribute) if attribute else ("module", name)
        return None if found is None else (found, True)

    def _in_module(self, module: str, name: str) -> Reference | None:
        """What a name at the top of a module stands for; None for a builtin."""
        if module not in self._files:
            return ("library", f"{module}.{name}")
        read = self._module(module)
        if name in read.definitions:
            return ("own", module, name)
        if name in read.imports:
            return self._imported(read.imports[name])
        return ("module", f"{module}.{name}") if f"{module}.{name}" in self._files else None

    def _imported(self, origin: Import) -> Reference | None:
        if origin.module not in self._files:
            named = f"{origin.module}.{origin.attribute}" if origin.attribute else origin.module
            return ("library", named)
        if origin.attribute is None:
            return ("module", origin.module)
        return self._in_module(origin.module, origin.attribute)

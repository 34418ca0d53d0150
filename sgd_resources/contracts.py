"""Loads a contract (JSON Schema 2020-12) or a policy file, validates against it, and names each failing path.

The schemas live in `contracts/*.schema.json`; nothing here knows what they mean. Formats are asserted. A policy is read
from the operator's folder (`SGD_POLICY_DIR`) where that holds it, else from what is shipped: file by file, so that who
changes one keeps the others of each upgrade.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend
from referencing import Registry, Resource

from sgd_resources.errors import BrokenContract, ValidationFailed
from sgd_resources.installation import shipped
from sgd_resources.settings import Settings, load_settings

ROOT = Path(__file__).resolve().parent.parent
"""What the packages are imported from."""
CONTRACTS_DIR = shipped() / "contracts"
POLICIES_DIR = shipped() / "policies"
_MAX_FAULTS = 50
"""A hostile document has no end of faults; a caller needs the first ones."""

_MOST_CHARACTERS = 700
"""Of a message: where a word must be one of a list, the whole list, of which that of scopes is the longest."""


@dataclass(frozen=True)
class ContractFault:
    """One violation: a JSON path (`$.outputs.count`), what is wrong there, and the rule of the schema that says so."""

    path: str
    message: str
    schema_path: str = ""
    """Where in the contract the rule stands, as a JSON pointer (`#/properties/outputs/properties/count/maximum`)."""

    def as_dict(self) -> dict[str, str]:
        """JSON form for error details."""
        told = {"path": self.path, "message": self.message}
        return {**told, "schema_path": self.schema_path} if self.schema_path else told


def _pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[ValidationError]:
    # Python's `$` also matches before a final newline; JSON Schema's (ECMA-262) does not, and "100x100\n" must fail.
    if isinstance(instance, str) and not re.search(_as_python(pattern), instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


@lru_cache(maxsize=256)
def _as_python(pattern: str) -> str:
    return re.sub(r"(?<!\\)\$", r"\\Z", pattern)


_ContractValidator: type[Any] = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]  # untyped upstream


@lru_cache(maxsize=1)
def _registry() -> Registry[Any]:
    resources = []
    for path in sorted(CONTRACTS_DIR.glob("*.schema.json")):
        schema = json.loads(path.read_text("utf-8"))
        resource: Resource[Any] = Resource.from_contents(schema)
        resources.append((path.name, resource))
        if "$id" in schema:
            resources.append((schema["$id"], resource))
    return Registry().with_resources(resources)


@lru_cache(maxsize=64)
def _validator(name: str) -> Any:
    path = CONTRACTS_DIR / f"{name}.schema.json"
    if not path.is_file():
        raise BrokenContract(f"no contract named {name!r}")
    schema = json.loads(path.read_text("utf-8"))
    return _ContractValidator(schema, registry=_registry(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def faults(name: str, document: Any) -> list[ContractFault]:
    """The first 50 violations of contract `name` in `document`, ordered by path; empty when it is valid.

    Raises:
        BrokenContract: there is no such contract. A retry does not help.
    """
    errors = islice(_validator(name).iter_errors(document), _MAX_FAULTS)
    found = [
        ContractFault(error.json_path[:300], error.message[:_MOST_CHARACTERS], _pointer(error)) for error in errors
    ]
    return sorted(found, key=lambda fault: (fault.path, fault.message))


def check_input(name: str, document: Any) -> None:
    """Accept what a caller sent, or raise.

    Raises:
        ValidationFailed: with `details["errors"]`, one path and message per fault. The caller must change the document.
    """
    if found := faults(name, document):
        raise ValidationFailed(
            f"the document breaks the contract {name}: {found[0].path}: {found[0].message}",
            details={"contract": name, "errors": [fault.as_dict() for fault in found]},
        )


def check_output(name: str, document: Any, *, at: str = "$") -> None:
    """Accept what a planner, deriver or critic gave, be it a model, a client or our own code; or raise.

    Raises:
        ValidationFailed: as `check_input`; the guardrail of outputs refuses the request, nothing is made of it.
    """
    if found := faults(name, document):
        raise guard_error(name, found, at=at)


def guard_error(name: str, found: Sequence[ContractFault], *, at: str = "$") -> ValidationFailed:
    """The error of an output that breaks its contract or the rules behind it.

    Args:
        name: of the contract.
        found: at least one fault.
        at: where the document stands in what was sent.
    """
    placed = [replace(fault, path=at + fault.path.removeprefix("$")) for fault in found[:_MAX_FAULTS]]
    return ValidationFailed(
        f"the {name} is refused: {placed[0].path}: {placed[0].message}",
        details={"contract": name, "guardrail": "reject", "errors": [fault.as_dict() for fault in placed]},
    )


def load_policy(name: str, *, directory: Path | None = None) -> Mapping[str, Any]:
    """The policy file `{name}.json` in force, or that of a folder, validated against the contract of the same name.

    Raises:
        ValidationFailed: the file is not JSON or breaks its contract; the operator must mend it.
    """
    path = directory / f"{name}.json" if directory else policy_path(f"{name}.json")
    try:
        document = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ValidationFailed(f"policy {name} cannot be read: {error}") from error
    check_input(name, document)
    assert isinstance(document, dict)
    return document


def policy_path(name: str) -> Path:
    """The file that is in force now.

    Args:
        name: of the file within `policies/`, such as `openrouter_policy.json` or `prompts/analyze.json`.

    Raises:
        InvalidInput: the settings are wrong.
    """
    return path_in(own_dir(), name)


def path_in(folder: Path | None, name: str) -> Path:
    """The file as that folder has it, else as it is shipped."""
    own = folder / name if folder is not None else None
    return own if own is not None and own.is_file() else POLICIES_DIR / name


@cache
def own_dir() -> Path | None:
    """The operator's folder, as the settings named it when this process first asked."""
    return load_settings().sgd_policy_dir


def own_files(settings: Settings) -> Iterator[tuple[str, bool]]:
    """Every file of the operator's folder by its name within, and whether it is in the place of a shipped one."""
    folder = settings.sgd_policy_dir
    for path in sorted(folder.rglob("*")) if folder is not None else ():
        name = path.relative_to(folder) if folder is not None else path
        # A mounted ConfigMap keeps its versions in folders with such names.
        if path.is_file() and not any(part.startswith(".") for part in name.parts):
            yield name.as_posix(), (POLICIES_DIR / name).is_file()


def _pointer(error: ValidationError) -> str:
    parts = (str(part).replace("~", "~0").replace("/", "~1") for part in error.absolute_schema_path)
    return f"#/{'/'.join(parts)}"[:300]

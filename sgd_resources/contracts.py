"""Loads a contract (JSON Schema 2020-12) or a policy file, validates against it, and names each failing path.

The schemas live in `contracts/*.schema.json`; nothing here knows what they mean. Formats are asserted.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from sgd_resources.errors import BrokenContract, ValidationFailed

ROOT = Path(__file__).resolve().parent.parent
CONTRACTS_DIR = ROOT / "contracts"
POLICIES_DIR = ROOT / "policies"


@dataclass(frozen=True)
class ContractFault:
    """One violation: a JSON path (`$.outputs.count`) and what is wrong there."""

    path: str
    message: str

    def as_dict(self) -> dict[str, str]:
        """JSON form for error details."""
        return {"path": self.path, "message": self.message}


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
def _validator(name: str) -> Draft202012Validator:
    path = CONTRACTS_DIR / f"{name}.schema.json"
    if not path.is_file():
        raise BrokenContract(f"no contract named {name!r}")
    schema = json.loads(path.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(
        schema, registry=_registry(), format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def contract_names() -> list[str]:
    """Names of all contracts, sorted."""
    return sorted(p.name.removesuffix(".schema.json") for p in CONTRACTS_DIR.glob("*.schema.json"))


def faults(name: str, document: Any) -> list[ContractFault]:
    """Every violation of contract `name` in `document`, ordered by path; empty when it is valid.

    Raises:
        BrokenContract: there is no such contract. A retry does not help.
    """
    found = [ContractFault(error.json_path, error.message) for error in _validator(name).iter_errors(document)]
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


def check_output(name: str, document: Any) -> None:
    """Accept what we or a model made, or raise.

    Raises:
        BrokenContract: our own output violates its contract. A retry does not help.
    """
    if found := faults(name, document):
        raise BrokenContract(
            f"an output breaks the contract {name}: {found[0].path}: {found[0].message}",
            details={"contract": name, "errors": [fault.as_dict() for fault in found]},
        )


def load_policy(name: str, *, directory: Path = POLICIES_DIR) -> Mapping[str, Any]:
    """The policy file `policies/{name}.json`, validated against the contract of the same name.

    Raises:
        ValidationFailed: the file is not JSON or breaks its contract; the operator must mend it.
    """
    path = directory / f"{name}.json"
    try:
        document = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ValidationFailed(f"policy {name} cannot be read: {error}") from error
    check_input(name, document)
    assert isinstance(document, dict)
    return document

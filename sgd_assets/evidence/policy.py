"""The upload policy as values: which types are let in, under which names, within which bounds.

The data is `policies/upload_policy.json` (contract `upload_policy`). What must not live here: opening files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from sgd_resources.contracts import load_policy
from sgd_resources.fetch.guarded import FetchPolicy
from sgd_resources.ports.examination import Limits


@dataclass(frozen=True)
class AllowedType:
    """One type the gate lets in, with the extensions and declared types that agree with it."""

    media_type: str
    extensions: frozenset[str]
    declared: frozenset[str]


@dataclass(frozen=True)
class SandboxBounds:
    """What one child process may use."""

    wall_s: float
    cpu_s: int
    memory_bytes: int
    jobs_per_child: int


@dataclass(frozen=True)
class UploadPolicy:
    """What the gate lets in."""

    max_file_bytes: int
    generic_declared_types: frozenset[str]
    types: tuple[AllowedType, ...]
    limits: Limits
    sandbox: SandboxBounds
    reference_urls: FetchPolicy = field(default_factory=FetchPolicy)

    @cached_property
    def by_extension(self) -> Mapping[str, AllowedType]:
        """Extension (lower case, no dot) to the type it stands for."""
        return {extension: allowed for allowed in self.types for extension in allowed.extensions}

    def lowered_to(self, max_file_bytes: int | None) -> "UploadPolicy":
        """This policy with a smaller cap on a file; a larger one changes nothing, as the policy is the truth."""
        if max_file_bytes is None or max_file_bytes >= self.max_file_bytes:
            return self
        return replace(self, max_file_bytes=max_file_bytes)


def upload_policy(document: Mapping[str, Any] | None = None) -> UploadPolicy:
    """The policy of a document that meets the contract; by default the shipped file.

    Raises:
        ValidationFailed: the policy file breaks its contract; the operator must mend it.
    """
    found = document if document is not None else load_policy("upload_policy")
    return UploadPolicy(
        max_file_bytes=found["max_file_bytes"],
        generic_declared_types=frozenset(found["generic_declared_types"]),
        types=tuple(
            AllowedType(one["media_type"], frozenset(one["extensions"]), frozenset(one["declared"]))
            for one in found["types"]
        ),
        limits=Limits(**found["limits"]),
        sandbox=SandboxBounds(**found["sandbox"]),
        reference_urls=_reference_urls(found.get("reference_urls", {})),
    )


def _reference_urls(found: Mapping[str, Any]) -> FetchPolicy:
    return FetchPolicy(**{**found, "allowed_hosts": tuple(found.get("allowed_hosts", ()))})

"""Which rules hold, what each weighs, where its limits lie: `policies/compliance.json` (contract `compliance`).

What must not live here: measuring.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from sgd_resources.contracts import load_policy
from sgd_resources.errors import BrokenContract, ValidationFailed

Severity = Literal["violation", "notice", "off"]
PROFILES = ("strict", "social", "own")


@dataclass(frozen=True)
class RuleSetting:
    """One rule as a profile has it."""

    severity: Severity
    weight: float
    """Taken off the score of 1 where the rule is wholly broken."""
    limits: Mapping[str, float]


@dataclass(frozen=True)
class Profile:
    """The rules of one profile, by name."""

    name: str
    rules: Mapping[str, RuleSetting]


def profile_of(policy: Mapping[str, Any], name: str | None = None) -> Profile:
    """A profile of a policy; the policy's own choice where none is named.

    Raises:
        ValidationFailed: there is no such profile. The caller must name one of `PROFILES`.
    """
    wanted = name or policy["default_profile"]
    if wanted not in policy["profiles"]:
        fault = {"path": "$.profile", "message": f"one of {', '.join(PROFILES)}"}
        raise ValidationFailed(f"there is no profile {wanted[:40]!r}", details={"errors": [fault]})
    changes = policy["profiles"][wanted]
    return Profile(wanted, {rule: _setting(told, changes.get(rule, {})) for rule, told in policy["rules"].items()})


@lru_cache(maxsize=1)
def compliance_policy() -> Mapping[str, Any]:
    """The policy file, read once a process.

    Raises:
        BrokenContract: it breaks its contract, or a profile changes a rule that is not among its rules.
    """
    policy = load_policy("compliance")
    unknown = {rule for changes in policy["profiles"].values() for rule in changes} - set(policy["rules"])
    if unknown:
        raise BrokenContract(f"policies/compliance.json: a profile changes {sorted(unknown)[0]}, which is no rule")
    return policy


def _setting(told: Mapping[str, Any], change: Mapping[str, Any]) -> RuleSetting:
    limits = {**told["limits"], **change.get("limits", {})}
    return RuleSetting(change.get("severity", told["severity"]), change.get("weight", told["weight"]), limits)

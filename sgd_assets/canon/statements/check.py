"""Whether a statement can be made of a fact, and its values as a canon writes them.

What must not live here: what the statement does (`apply.py`).
"""

import re

from sgd_assets.canon.model import Canon, Fact, FactKind, Role
from sgd_assets.canon.statements.apply import fact_as_it_was
from sgd_resources.errors import NotFound, ValidationFailed
from sgd_resources.ports.statements import FactStatement

_HEX = re.compile(r"#?([0-9A-Fa-f]{6})")
_LONGEST: dict[str, int] = {"colour": 7, "font": 100}
_LONGEST_TEXT = 500  # the longest rules of real guides are some 300
_COLOUR_ROLES = frozenset({"primary", "secondary", "accent", "neutral", "background", "text"})
_FONT_ROLES = frozenset({"heading", "body", "mono"})


def make_statement(
    canon: Canon,
    fact_id: str,
    verb: str,
    *,
    reason: str,
    subject: str,
    value: str | None = None,
    kind: FactKind | None = None,
    role: Role | None = None,
) -> FactStatement:
    """The statement, its audit entry still 0.

    Raises:
        NotFound: the canon has no such fact, and no statement on it.
        ValidationFailed: the correction changes nothing, or gives what such a fact cannot have.
    """
    fact = _fact(canon, fact_id)
    changes = (value, kind, role) if verb == "correct" else (None, None, None)
    if verb != "correct" and (value, kind, role) != (None, None, None):
        raise _fault("$.verb", "only a correction gives another value, kind or role")
    new_value = _value(changes[0], changes[1] or fact.kind) if changes[0] is not None else None
    new_kind = _kind(changes[1], fact) if changes[1] is not None else None
    new_role = _role(changes[2], fact) if changes[2] is not None else None
    is_same = (new_value or fact.value, new_kind or fact.kind, new_role or fact.role) == (
        fact.value,
        fact.kind,
        fact.role,
    )
    if verb == "correct" and is_same:
        raise _fault("$.value", "a correction gives a value, kind or role that the fact does not have")
    return FactStatement(
        verb=verb,
        fact_id=fact_id,
        kind=fact.kind,
        value=fact.value,
        role=fact.role,
        name=fact.colour.name if fact.colour is not None else None,
        reason=reason,
        subject=subject,
        audit_entry=0,
        new_kind=new_kind,
        new_value=new_value,
        new_role=new_role,
        evidence_sha256s=canon.evidence_sha256s,
    )


def _fact(canon: Canon, fact_id: str) -> Fact:
    """The fact as the canon has it; of one that a person rejected or corrected, as it was."""
    found = next((fact for fact in canon.facts if fact.id == fact_id), None)
    if found is not None:
        return found
    stated = next((one for one in canon.statements if one.fact_id == fact_id), None)
    if stated is None:
        raise NotFound("the current canon has no such fact", details={"fact_id": fact_id})
    return fact_as_it_was(stated)


def _value(value: str, kind: FactKind) -> str:
    plain = " ".join(value.split())
    if kind == "colour":
        match = _HEX.fullmatch(plain)
        if match is None:
            raise _fault("$.value", "a colour is written #RRGGBB")
        return f"#{match[1].upper()}"
    if not plain or len(plain) > _LONGEST.get(kind, _LONGEST_TEXT):
        raise _fault("$.value", f"1 to {_LONGEST.get(kind, _LONGEST_TEXT)} characters")
    return plain


def _kind(kind: FactKind, fact: Fact) -> FactKind:
    if kind.partition("_")[0] != fact.kind.partition("_")[0]:
        raise _fault("$.kind", f"a fact of the kind {fact.kind} cannot become one of the kind {kind}")
    return kind


def _role(role: Role, fact: Fact) -> Role:
    known = {"colour": _COLOUR_ROLES, "font": _FONT_ROLES}.get(fact.kind, frozenset())
    if role not in known:
        raise _fault("$.role", f"a fact of the kind {fact.kind} cannot be called {role}")
    return role


def _fault(path: str, message: str) -> ValidationFailed:
    return ValidationFailed(f"{path}: {message}", details={"errors": [{"path": path, "message": message}]})

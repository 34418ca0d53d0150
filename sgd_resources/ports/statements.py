"""What a person said of a fact of a canon, as it is remembered. What must not live here: what it does to a canon."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FactStatement:
    """One statement that stands; its kinds, verb and role are those of the canon."""

    verb: str
    """confirm | correct | reject."""
    fact_id: str
    kind: str
    value: str
    """Of the fact as it was when the statement was made, as `kind` and `role` are."""
    reason: str
    subject: str
    """Who made it, as the audit log names callers."""
    audit_entry: int
    role: str | None = None
    name: str | None = None
    """The brand's own name of a colour, as it was."""
    new_kind: str | None = None
    new_value: str | None = None
    new_role: str | None = None
    evidence_sha256s: tuple[str, ...] = ()
    """All evidence that the canon was derived from when the statement was made: what came later is newer."""

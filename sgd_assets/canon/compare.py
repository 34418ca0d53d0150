"""Two canons -> what changed between them. Contract: `canon_diff` (without the versions' names).

What must not live here: fetching canons, or judging a change.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sgd_assets.canon.model import Canon, Statement, Voice


@dataclass(frozen=True)
class ListDifference:
    """How an ordered list changed: what came, what went, and whether the rest changed its order."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    is_reordered: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.added or self.removed or self.is_reordered)


@dataclass(frozen=True)
class CanonDifference:
    """What changed. The pairs are (before, after), None where neither the one nor the other changed."""

    palette_hex: ListDifference
    fonts: ListDifference
    voice_tone: tuple[str | None, str | None] | None
    voice_dos: ListDifference
    voice_donts: ListDifference
    logo_safe_zone: tuple[str | None, str | None] | None
    logo_dos: ListDifference
    logo_donts: ListDifference
    facts: ListDifference
    evidence: ListDifference
    statements: ListDifference


def compare_canons(before: Canon, after: Canon) -> CanonDifference:
    """What must change in `before` to become `after`. A canon compared with itself gives empty differences."""
    old, new = before.voice or Voice(), after.voice or Voice()
    return CanonDifference(
        palette_hex=_lists(before.palette_hex, after.palette_hex),
        fonts=_lists(before.fonts, after.fonts),
        voice_tone=_values(old.tone or None, new.tone or None),
        voice_dos=_lists(old.dos, new.dos),
        voice_donts=_lists(old.donts, new.donts),
        logo_safe_zone=_values(before.logo_safe_zone, after.logo_safe_zone),
        logo_dos=_lists(before.logo_dos, after.logo_dos),
        logo_donts=_lists(before.logo_donts, after.logo_donts),
        facts=_lists([fact.id for fact in before.facts], [fact.id for fact in after.facts]),
        evidence=_lists(before.evidence_sha256s, after.evidence_sha256s),
        statements=_lists([_told(one) for one in before.statements], [_told(one) for one in after.statements]),
    )


def _told(statement: Statement) -> str:
    new = statement.new_value or statement.new_kind or statement.new_role
    changed = f" to {new}" if new else ""
    return f"{statement.verb} {statement.value}{changed} (audit entry {statement.audit_entry})"


def _lists(before: Sequence[str], after: Sequence[str]) -> ListDifference:
    old, new = set(before), set(after)
    kept_before = [value for value in before if value in new]
    kept_after = [value for value in after if value in old]
    return ListDifference(
        added=tuple(dict.fromkeys(value for value in after if value not in old)),
        removed=tuple(dict.fromkeys(value for value in before if value not in new)),
        is_reordered=kept_before != kept_after,
    )


def _values(before: str | None, after: str | None) -> tuple[str | None, str | None] | None:
    return None if before == after else (before, after)

"""Adds judged cases up: precision and recall of each family, and which kind was taken for which.

What must not live here: judging.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tests.compliance.case import ALTERED, FAMILIES, Case


@dataclass(frozen=True)
class Judged:
    """One case with the families that were flagged."""

    case: Case
    flags: frozenset[str]

    @property
    def is_missed(self) -> bool:
        """Whether what must be flagged was not."""
        return self.case.verdict.must is not None and self.case.verdict.must not in self.flags

    @property
    def wrong_flags(self) -> frozenset[str]:
        """Flags that nothing in the picture calls for."""
        must = self.case.verdict.must
        right = self.case.verdict.may | ({must} if must else set())
        is_of_logo = any(family.startswith("logo_") for family in right)
        return self.flags - right - ({ALTERED} if is_of_logo else set())


@dataclass(frozen=True)
class FamilyScore:
    """One family over a whole run. A share of nothing is None."""

    family: str
    hits: int
    misses: int
    wrong: int

    @property
    def precision(self) -> float | None:
        """Right flags of all flags where the family must or must not be flagged."""
        return self.hits / (self.hits + self.wrong) if self.hits + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Flags of the cases that must have one."""
        return self.hits / (self.hits + self.misses) if self.hits + self.misses else None


def scores(judged: Sequence[Judged]) -> list[FamilyScore]:
    """Of every family, in their published order."""
    hits = Counter(one.case.verdict.must for one in judged if one.case.verdict.must and not one.is_missed)
    misses = Counter(one.case.verdict.must for one in judged if one.is_missed)
    wrong = Counter(family for one in judged for family in one.wrong_flags)
    return [FamilyScore(family, hits[family], misses[family], wrong[family]) for family in (*FAMILIES, ALTERED)]


def report(judged: Sequence[Judged]) -> str:
    """Tables as text: families, kinds with what they were taken for, and clean pictures."""
    lines = [f"{'family':<16} {'must':>5} {'hit':>5} {'wrong':>6} {'precision':>10} {'recall':>8}"]
    lines += [
        f"{one.family:<16} {one.hits + one.misses:>5} {one.hits:>5} {one.wrong:>6}"
        f" {_share(one.precision):>10} {_share(one.recall):>8}"
        for one in scores(judged)
    ]
    lines += ["", f"{'kind':<20} {'cases':>5} {'missed':>6}  flagged as"]
    kinds = dict.fromkeys(one.case.kind for one in judged)
    lines += [_kind_line(kind, [one for one in judged if one.case.kind == kind]) for kind in kinds]
    clean = [one for one in judged if one.case.verdict.must is None]
    flagged = sum(bool(one.wrong_flags) for one in clean)
    by_source = Counter(one.case.source for one in clean if one.wrong_flags)
    told = ", ".join(f"{source} {number}" for source, number in by_source.most_common()) or "none"
    lines += ["", f"clean pictures flagged: {flagged} of {len(clean)} ({told})"]
    return "\n".join(lines)


def _kind_line(kind: str, judged: Sequence[Judged]) -> str:
    flags = Counter(flag for one in judged for flag in one.flags)
    told = ", ".join(f"{flag} {number}" for flag, number in flags.most_common()) or "-"
    return f"{kind:<20} {len(judged):>5} {sum(one.is_missed for one in judged):>6}  {told}"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"

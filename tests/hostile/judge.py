"""Takes the whole set through the real gate once and says what came of it, by group.

`python -m tests.hostile.judge` prints the report.
"""

import sys
import time
import warnings
from dataclasses import dataclass, field

from sgd_assets.evidence.gate import EvidenceGate
from sgd_assets.evidence.policy import upload_policy
from sgd_resources.sandbox.examiner import SandboxedExaminer
from sgd_resources.sandbox.pool import Sandbox, SandboxLimits
from tests.hostile.hostile_set import Entry, entries
from tests.hostile.invariants import Observed, broken


@dataclass
class GroupResult:
    """One group's score."""

    files: int = 0
    verdicts_right: int = 0
    invariants: int = 0
    invariants_held: int = 0
    slowest_s: float = 0.0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Report:
    """All groups, and the children's highest memory."""

    groups: dict[str, GroupResult]
    peak_bytes: int


def judge(only: tuple[Entry, ...] | None = None) -> Report:
    """The report over the set (or some of it) through a freshly built gate."""
    policy = upload_policy()
    limits = SandboxLimits(
        wall_s=policy.sandbox.wall_s, cpu_s=policy.sandbox.cpu_s, memory_bytes=policy.sandbox.memory_bytes
    )
    groups: dict[str, GroupResult] = {}
    with Sandbox(limits, processes=1) as sandbox:
        confinement = sandbox.capabilities()
        examiner = SandboxedExaminer(sandbox, policy.limits)
        gate = EvidenceGate(examiner=examiner, scanner=None, policy=policy)
        base = sandbox.call("sgd_resources.sandbox.jobs:detect_type", b"a text").peak_bytes
        for entry in entries() if only is None else only:
            started = time.monotonic()
            inspection = gate.inspect(entry.path, file_name=entry.upload_name, declared_type=entry.declared_type)
            observed = Observed(entry, inspection, time.monotonic() - started, examiner.peak_bytes, base, confinement)
            with warnings.catch_warnings():
                # The checkers open the uploads themselves, as they came: readers warn of what is wrong with them.
                warnings.simplefilter("ignore")
                _score(groups.setdefault(entry.group, GroupResult()), observed)
        return Report(groups, examiner.peak_bytes)


def _score(result: GroupResult, observed: Observed) -> None:
    inspection, entry = observed.inspection, observed.entry
    verdict = f"{inspection.verdict}:{inspection.reason}" if inspection.reason else inspection.verdict
    failed = broken(observed)
    result.files += 1
    result.invariants += len(entry.invariants)
    result.invariants_held += len(entry.invariants) - len(failed)
    result.slowest_s = max(result.slowest_s, observed.wall_s)
    if entry.allows(verdict):
        result.verdicts_right += 1
    else:
        result.faults.append(f"{entry.path.name}: {verdict}, expected {entry.expected}")
    result.faults += [f"{entry.path.name}: {verdict} breaks {name}" for name in failed]


def main() -> int:
    """Print the report; 0 when every verdict is right and every invariant held."""
    report = judge()
    if not report.groups:
        sys.stdout.write("the evaluation set is not beside the repository\n")
        return 0
    for name, result in sorted(report.groups.items()):
        sys.stdout.write(
            f"{name:14} verdicts {result.verdicts_right:3}/{result.files:<3} "
            f"invariants {result.invariants_held:4}/{result.invariants:<4} slowest {result.slowest_s:.2f} s\n"
        )
        for fault in result.faults:
            sys.stdout.write(f"    {fault}\n")
    sys.stdout.write(f"highest memory of a child: {report.peak_bytes / 1e6:.0f} MB\n")
    return int(any(result.faults for result in report.groups.values()))


if __name__ == "__main__":
    raise SystemExit(main())

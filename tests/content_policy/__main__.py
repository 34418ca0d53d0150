"""`python -m tests.content_policy`: what the shipped policy makes of the lines; each mistake a line, then the sums."""

import sys

from tests.content_policy.lines import SETS, judged


def main() -> int:
    """Exit code: 0 where no line is judged wrongly."""
    faults = 0
    for name in SETS:
        found = judged(name)
        lines = [f"missed {one.language} {one.category}: {one.text}" for one in found.missed]
        lines += [f"wrongly blocked {one.language}: {one.text}" for one in found.wrong]
        lines.append(f"{name}: precision {found.precision:.3f} recall {found.recall:.3f}")
        print("\n".join(lines))  # noqa: T201  # a command's answer
        faults += len(found.missed) + len(found.wrong)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

"""How the cost of reading grows with the input: parsers, the canon's rules and the gate's cleaners.

python -m tests.benchmarks.bench_growth [--quick] [--only TEXT]

Each construct that may repeat in a file is made at n, 2n and 4n, n growing until a run can be measured.
Processor time counts, so that a busy machine does not matter much; what looks too dear is measured again.
Twice the input may cost 2.3 times as much; the exit code says whether any construct costs more.
"""

import argparse
import sys

from tests.benchmarks.growth import data, files, office, pdfs, prose, web
from tests.benchmarks.growth.measure import MOST_PER_DOUBLING, Growth, clean, growth_of, parse_and_claim

CONSTRUCTS = (
    *web.CONSTRUCTS,
    *prose.CONSTRUCTS,
    *data.CONSTRUCTS,
    *office.CONSTRUCTS,
    *files.CONSTRUCTS,
    *pdfs.CONSTRUCTS,
)


def main(*, quick: bool, only: str) -> int:
    """Print one line per construct and stage; 1 when any grows faster than it may."""
    say(f"{'construct':46s} {'stage':7s} {'n':>9s} {'at n':>9s} {'at 2n':>9s} {'at 4n':>9s} {'ratio':>6s} verdict")
    worse = []
    chosen = [construct for construct in CONSTRUCTS if only in construct.label]
    for construct in chosen[:: 5 if quick else 1]:
        for stage in (parse_and_claim, clean):
            for growth in growth_of(construct, stage):
                say(line_of(growth))
                worse += [growth] if growth.is_too_much else []
    say(f"{len(worse)} of the constructs cost more than {MOST_PER_DOUBLING} times as much at twice the size")
    for growth in worse:
        say(line_of(growth))
    return int(bool(worse))


def line_of(growth: Growth) -> str:
    """One row of the table."""
    return (
        f"{growth.construct:46s} {growth.stage:7s} {growth.n:9d} "
        + " ".join(f"{cost:8.3f}s" for cost in growth.costs_s)
        + f" {growth.ratio:6.2f} {growth.verdict}"
    )


def say(line: str) -> None:
    """A line of the table."""
    print(line, flush=True)  # noqa: T201 - a benchmark speaks on stdout


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="every fifth construct")
    arguments.add_argument("--only", default="", help="constructs whose format and name hold this text")
    chosen = arguments.parse_args()
    sys.exit(main(quick=chosen.quick, only=chosen.only))

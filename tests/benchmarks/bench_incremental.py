"""One more document in an org that has many, against one document in an empty org.

python -m tests.benchmarks.bench_incremental [--quick]
"""

import argparse
import logging
import statistics
from collections.abc import Sequence

from tests.benchmarks.ingest_stack import ingest_stack
from tests.benchmarks.report import Row, print_rows

ROUNDS = 7
PALETTE = {"Primary": "#0086BF", "Secondary": "#FFD400", "Accent": "#D1495B", "Text": "#1B1F24"}


def main(argv: Sequence[str] | None = None) -> list[Row]:
    """Print and return the rows."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args(argv).quick
    logging.disable(logging.INFO)
    documents = 50 if quick else 200
    with ingest_stack() as stack:
        stack.upload("warm", [("warm.md", guide(90_000))])
        stack.ingest("warm")
        stack.upload("large", [(f"guide-{n}.md", guide(n)) for n in range(documents)])
        stack.ingest("large")
        empty, large = [], []
        # In turn, so that whatever else the machine does meets both alike.
        for number in range(ROUNDS):
            stack.upload(f"empty-{number}", [("guide.md", guide(10_000 + number))])
            empty.append(stack.ingest(f"empty-{number}"))
            stack.upload("large", [(f"more-{number}.md", guide(20_000 + number))])
            large.append(stack.ingest("large"))
    value, peer = statistics.median(large) * 1000, statistics.median(empty) * 1000
    rows = [Row(f"one more document in an org of {documents}", value, "ms", "one document in an empty org", peer)]
    print_rows(rows)
    return rows


def guide(number: int) -> bytes:
    """A small guideline that shares the brand's palette, and no sentence, with another number's."""
    paragraphs = "\n\n".join(
        f"Paragraph {number}-{part} says what brand {number} does in case {part}." for part in range(6)
    )
    colours = "\n\n".join(f"{name}: {PALETTE[name]}" for name in PALETTE)
    return f"# Brand {number}\n\n## Colours\n\n{colours}\n\n{paragraphs}\n".encode()


if __name__ == "__main__":
    main()

"""What a step says in its run's log of each org: files with verdict and reason, counts, durations.

A line of the log is an event in Postgres, so a range of orgs is told in blocks, not line by line. No file content, and
of names that users chose nothing that looks like a mail address or a secret. What must not live here: deciding what to
say.
"""

from collections.abc import Iterator, Mapping, Sequence

from dagster import AssetExecutionContext

from sgd_resources.observed.logs import redacted

LINES_PER_EVENT = 200
"""About 20 KB of text: the UI shows it whole, and one row holds it."""
LINES_PER_ORG = 50


def tell_orgs(context: AssetExecutionContext, told: Mapping[str, tuple[float, Sequence[str]]]) -> None:
    """Log each org's lines behind its id and duration; `told` is org id to (milliseconds, lines)."""
    every = [line for org_id, (took_ms, lines) in told.items() for line in _of_org(org_id, took_ms, lines)]
    for block in _blocks(every):
        context.log.info("%s", block)


def _of_org(org_id: str, took_ms: float, lines: Sequence[str]) -> list[str]:
    left_out = len(lines) - LINES_PER_ORG
    more = [f"... and {left_out} more"] if left_out > 0 else []
    return [f"{org_id}: done in {took_ms:.0f} ms", *(f"{org_id}: {line}" for line in [*lines[:LINES_PER_ORG], *more])]


def _blocks(lines: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(lines), LINES_PER_EVENT):
        # Line by line: the masked text of one is cut where it is very long.
        yield "\n".join(map(redacted, lines[start : start + LINES_PER_EVENT]))

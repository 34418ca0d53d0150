"""Counts what events tell, so that a line of the log and a metric never disagree on what happened.

What must not live here: telling an event, or what is no event (queries, cache look-ups).
"""

from collections.abc import Callable, Mapping

from sgd_resources.events import Field
from sgd_resources.observed.counts import ProcessCounts, process_counts

Fields = Mapping[str, Field]
_SERVED = {"job.served": "served", "job.interrupted": "interrupted", "job.crashed": "crashed"}


def count(event: str, fields: Fields) -> None:
    """One more event of this process."""
    counts = process_counts()
    counts.events.labels(event).inc()
    if (outcome := _SERVED.get(event)) is not None:
        counts.jobs.labels(_word(fields, "kind"), outcome).observe(_seconds(fields))
    elif (counted := _COUNTED.get(event)) is not None:
        counted(counts, fields)


def _render(counts: ProcessCounts, fields: Fields) -> None:
    counts.renders.labels(_word(fields, "outcome")).observe(_seconds(fields))
    counts.pictures.inc(_number(fields, "pictures"))
    counts.render_cost.inc(_number(fields, "cost_usd_micros"))
    counts.judged.labels("passed").inc(_number(fields, "pictures_passed"))
    counts.judged.labels("failed").inc(_number(fields, "pictures") - _number(fields, "pictures_passed"))


def _canon(counts: ProcessCounts, fields: Fields) -> None:
    counts.canons.labels(_word(fields, "status")).inc()


def _stage(counts: ProcessCounts, fields: Fields) -> None:
    counts.stages.labels(_word(fields, "stage"), _word(fields, "outcome")).observe(_seconds(fields))


def _documents(counts: ProcessCounts, fields: Fields) -> None:
    counts.documents.labels("parsed").inc(_number(fields, "parsed"))
    counts.documents.labels("refused").inc(_number(fields, "refused"))


def _verdict(counts: ProcessCounts, fields: Fields) -> None:
    counts.verdicts.labels(_word(fields, "verdict")).inc()


_COUNTED: Mapping[str, Callable[[ProcessCounts, Fields], None]] = {
    "render.ended": _render,
    "stage.ended": _stage,
    "canon.derived": _canon,
    "documents.parsed": _documents,
    "gate.verdict": _verdict,
}


def _seconds(fields: Fields) -> float:
    return _number(fields, "duration_ms") / 1000


def _number(fields: Fields, name: str) -> float:
    return float(fields.get(name) or 0)


def _word(fields: Fields, name: str) -> str:
    return str(fields.get(name) or "unknown")

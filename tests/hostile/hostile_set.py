"""Reads the evaluation set of hostile and benign uploads beside the repository, when it is there.

The set is not part of the project: its licences allow evaluation only. What must not live here: judging (that is
`invariants`), any rule about one of its files.
"""

import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("SGD_SHARED", _REPOSITORY.parent / "shared"))
HOSTILE = SHARED / "hostile"


@dataclass(frozen=True)
class Entry:
    """One file of the set and what the manifest says of it."""

    path: Path
    group: str
    kind: str
    expected: str
    also_ok: tuple[str, ...]
    invariants: tuple[str, ...]
    canaries: tuple[str, ...]
    declared_type: str
    upload_name: str

    def allows(self, verdict: str) -> bool:
        """Whether `verdict[:reason]` is one the manifest names.

        A bare `accept` allows every way of cleaning; ways of cleaning are synonyms of each other, as is `either:`. A
        hold is a hold: malware is the more exact word where another reason to hold is named.
        """
        allowed = {self.expected, *self.also_ok}
        if verdict in allowed:
            return True
        if verdict == "quarantine:malware":
            return any(one.startswith("quarantine") for one in allowed)
        word, _, how = verdict.partition(":")
        accepts = {one.partition(":")[2] for one in allowed if one.partition(":")[0] == "accept"}
        return word == "accept" and (
            bool(accepts - {"partial", "first_frame"}) or how in accepts or self.expected == "either:lenient"
        )


@cache
def entries() -> tuple[Entry, ...]:
    """Every file of the set; empty when it is not there."""
    manifest = HOSTILE / "manifest.json"
    if not manifest.is_file():
        return ()
    return tuple(_entry(one) for one in json.loads(manifest.read_text("utf-8")))


def _entry(one: dict[str, Any]) -> Entry:
    return Entry(
        path=HOSTILE / one["file"],
        group=one["group"],
        kind=one["kind"],
        expected=one["expected"],
        also_ok=tuple(one["also_ok"]),
        invariants=tuple(one["invariants"]),
        canaries=tuple(one["canaries"]),
        declared_type=one["declared_content_type"],
        upload_name=one["upload_filename"],
    )

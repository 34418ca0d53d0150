"""`python -m tests.briefs [FILE] [--briefs BRIEFS.json | --reader package.module:function]`: a brief set, judged.

FILE is the set, `dev.json` where none is named. The briefs are {id: brief} of a file, or what the function makes of
each entry's `request`. Without either: how many entries the set has of what.
"""

import argparse
import importlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.briefs.score import SetScore, score_set
from tests.briefs.truths import DEV, Entry, counts, read_set


def main(arguments: list[str]) -> int:
    """Exit code: 0 where nothing leaked and nothing was judged wrong, missing or invented."""
    parser = argparse.ArgumentParser(prog="python -m tests.briefs", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=DEV)
    makers = parser.add_mutually_exclusive_group()
    makers.add_argument("--briefs", type=Path)
    makers.add_argument("--reader")
    asked = parser.parse_args(arguments)
    entries = read_set(asked.file)
    if not (asked.briefs or asked.reader):
        lines = [f"{by} {name}: {number}" for by, of in counts(entries).items() for name, number in of.most_common()]
        print("\n".join([f"entries: {len(entries)}", *lines]))  # noqa: T201  # a command's answer
        return 0
    score = score_set(entries, _briefs(entries, asked.briefs, asked.reader))
    print(report(score))  # noqa: T201  # a command's answer
    return 1 if score.leaking or score.right_share < 1 else 0


def report(score: SetScore) -> str:
    """Every fault a line, then the sums."""
    faults = [
        f"{entry.id} {each.element} {each.verdict}: {each.expected!r} <- {each.got!r}"
        for entry in score.entries
        for each in entry.faults
    ]
    leaks = [f"{entry.id} would print {', '.join(map(repr, entry.leaked))}" for entry in score.leaking]
    sums = " ".join(f"{verdict} {number}" for verdict, number in score.verdicts.most_common())
    return "\n".join([*faults, *leaks, f"{score.right_share:.3f} right ({sums}); entries that leak: {len(leaks)}"])


def _briefs(entries: list[Entry], file: Path | None, reader: str | None) -> Mapping[str, Mapping[str, Any]]:
    if file is not None:
        stored: dict[str, dict[str, Any]] = json.loads(file.read_text("utf-8"))
        return stored
    module, _, function = str(reader).partition(":")
    read = getattr(importlib.import_module(module), function)
    return {entry.id: read(entry.request) for entry in entries}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

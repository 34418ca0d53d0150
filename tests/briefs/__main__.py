"""`python -m tests.briefs [FILE] [--briefs BRIEFS.json | --reader module:function | --pictures DIR]`: a set, judged.

FILE is the set, `dev.json` where none is named. The briefs are {id: brief} of a file, or what the function makes of
each entry's `request`. With `--pictures` each request is drawn into the folder and its words are read back from the
pixels. Without any of them: how many entries the set has of what.
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

_READ_SHARE = 0.95  # of the words asked for; the recogniser itself misreads some


def main(arguments: list[str]) -> int:
    """Exit code: 0 where nothing leaked and nothing is at fault; of pictures, where 95 % of the words are read."""
    parser = argparse.ArgumentParser(prog="python -m tests.briefs", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=DEV)
    makers = parser.add_mutually_exclusive_group()
    makers.add_argument("--briefs", type=Path)
    makers.add_argument("--reader")
    makers.add_argument("--pictures", type=Path)
    asked = parser.parse_args(arguments)
    entries = read_set(asked.file)
    if asked.pictures:
        return _pictures(entries, asked.pictures)
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


def _pictures(entries: list[Entry], out: Path) -> int:
    from tests.briefs import pictures

    out.mkdir(parents=True, exist_ok=True)
    scores = list(pictures.score_pictures(entries, out))
    print(pictures.report(scores))  # noqa: T201  # a command's answer
    return 1 if any(score.leaked for score in scores) or pictures.read_share(scores) < _READ_SHARE else 0


def _briefs(entries: list[Entry], file: Path | None, reader: str | None) -> Mapping[str, Mapping[str, Any]]:
    if file is not None:
        stored: dict[str, dict[str, Any]] = json.loads(file.read_text("utf-8"))
        return stored
    module, _, function = str(reader).partition(":")
    read = getattr(importlib.import_module(module), function)
    return {entry.id: read(entry.request) for entry in entries}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What logs of the graph in files hold of an org: output of its runs, and lines of output that orgs share.

A log that somebody may be writing to is covered in place, byte for byte, so that no line of another org is lost. What
must not live here: rows (`rows_of_org.py`), or which words are an org's (`shared_text.py`).
"""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from sgd_resources.dagster.rows_of_org import DagsterRows
from sgd_resources.dagster.shared_text import SaidOf
from sgd_resources.errors import Unavailable
from sgd_resources.ports import ObjectStore

_IN_STORE = "dagster/compute-logs/storage"
"""Where Dagster lays down the output of a deployment's runs: `deploy/dagster.yaml` says the first two parts."""


class DagsterLogs:
    """Below `var/`, and in the bucket.

    Args:
        var_dir: of this machine.
        store: of objects; of a deployment it holds the output of runs too.
        rows: say which runs are an org's alone.
    """

    name = "dagster-logs"

    def __init__(self, var_dir: Path, store: ObjectStore, rows: DagsterRows) -> None:
        self._runs = var_dir / "dagster" / "compute_logs"
        self._logs = var_dir / "log"
        self._store = store
        self._rows = rows

    def count(self, org_id: str) -> Mapping[str, int]:
        """Files of its runs, and files that say something of it."""
        runs = self._rows.own_runs(org_id)
        own = sum(path.is_file() for run_id in runs for path in (self._runs / run_id).rglob("*"))
        stored = sum(1 for run_id in runs for _ in self._store.list(f"{_IN_STORE}/{run_id}/"))
        folders = {self._runs / run_id for run_id in runs}
        shared = sum(_is_told_of(path, org_id, with_names) for path, with_names in self._shared(folders))
        found = {"files of runs": own + stored, "shared files": shared}
        return {kind: number for kind, number in found.items() if number}

    def erase(self, org_id: str) -> None:
        """See `Place.erase`. Runs of the org that are under way end first: what is erased may still be written to."""
        self._rows.end_runs(org_id)
        for run_id in self._rows.own_runs(org_id):
            shutil.rmtree(self._runs / run_id, ignore_errors=True)
            self._store.remove_prefix(f"{_IN_STORE}/{run_id}/")
        for path, with_names in self._shared(set()):
            _cover(path, org_id, with_names)

    def _shared(self, but: set[Path]) -> Iterator[tuple[Path, bool]]:
        """(file, whether the id itself goes too): logs of processes name ids, by what docs/access.md says of them."""
        for path in sorted(self._runs.rglob("*")):
            if path.is_file() and but.isdisjoint(path.parents):
                yield path, True
        for path in sorted(self._logs.glob("*")):
            if path.is_file():
                yield path, False


def _is_told_of(path: Path, org_id: str, with_names: bool) -> bool:
    return any(True for _ in _covers(path, org_id, with_names))


def _cover(path: Path, org_id: str, with_names: bool) -> None:
    covers = list(_covers(path, org_id, with_names))
    if not covers:
        return
    try:
        with path.open("r+b") as log:
            for place, line in covers:
                log.seek(place)
                log.write(line)
    except FileNotFoundError:
        return
    except OSError as error:
        raise Unavailable("a log cannot be written to", details={"log": path.name}) from error


def _covers(path: Path, org_id: str, with_names: bool) -> Iterator[tuple[int, bytes]]:
    """(where it begins, the line as it is to be) of every line that says something; a file may go meanwhile."""
    said, name, place = SaidOf(org_id), org_id.encode(), 0
    try:
        log = path.open("rb")
    except FileNotFoundError:
        return
    with log:
        for line in log:
            if name in line:
                # A byte a letter: what is covered has the length that it had.
                left = said.covered(line.decode("latin-1"), with_names=with_names).encode("latin-1")
                if left != line:
                    yield place, left
            place += len(line)

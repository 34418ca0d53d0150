"""The gate's verdict on files and what an ingest would read of them, as plain rows. Used by `sgd evidence inspect`.

Nothing is stored.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sgd_api.cli.folders.reading import read_alone
from sgd_api.http.bodies.listings import ParseResult
from sgd_assets.evidence.build import build_gate
from sgd_resources.ports import AvReport
from sgd_resources.sandbox.drawing import drawing_sandbox
from sgd_resources.sandbox.fork_server import ForkServer
from sgd_resources.sandbox.parser import PRELOAD, build_sandboxed_parser
from sgd_resources.settings import Settings
from sgd_resources.shown.name import shown_name


def inspect_files(files: Iterable[Path], settings: Settings) -> Iterator[dict[str, Any]]:
    """One row per file, in order: file, verdict, reason, detected_type, av, details, evidence_sha256, parse.

    A file that cannot be read is a row too (`reject`, `unreadable`), so that the rest goes on.
    """
    with (
        ForkServer(PRELOAD) as server,
        build_gate(settings, server=server) as gate,
        closing(build_sandboxed_parser(settings, server=server)) as parser,
        drawing_sandbox(server) as jobs,
    ):
        for path in files:
            if not path.is_file():
                told = {"message": _no_file(path)}
                yield _row(path, "reject", "unreadable", None, AvReport().as_dict(), told)
                continue
            found = gate.inspect(path, file_name=path.name, declared_type=None)
            yield _row(
                path,
                found.verdict,
                found.reason,
                found.detected_type,
                found.av.as_dict(),
                dict(found.details),
                found.evidence_sha256,
                read_alone(found, path.name, parser=parser, jobs=jobs),
            )


def _no_file(path: Path) -> str:
    """What lies there instead of a file; it is not opened: a pipe would be waited for."""
    if path.is_dir():
        return "a folder: name the files in it, or `sgd canon derive` it"
    if path.is_fifo() or path.is_socket():
        return "a pipe or socket: save what comes out of it to a file first"
    if path.exists():
        return "a device"
    return "a link that leads nowhere" if path.is_symlink() else "no such file"


def _row(
    path: Path,
    verdict: str,
    reason: str | None,
    detected_type: str | None,
    av: dict[str, str | None],
    details: dict[str, Any],
    evidence_sha256: str | None = None,
    parse: ParseResult | None = None,
) -> dict[str, Any]:
    return {
        "file": shown_name(str(path)),
        "verdict": verdict,
        "reason": reason,
        "detected_type": detected_type,
        "av": av,
        "details": details,
        "evidence_sha256": evidence_sha256,
        "parse": parse.wire() if parse is not None else None,
    }

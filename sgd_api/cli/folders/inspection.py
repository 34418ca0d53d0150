"""The gate's verdict on files, as plain rows; nothing is stored. Used by `sgd evidence inspect`."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sgd_assets.evidence.build import build_gate
from sgd_resources.ports import AvReport
from sgd_resources.settings import Settings
from sgd_resources.shown.name import shown_name


def inspect_files(files: Iterable[Path], settings: Settings) -> Iterator[dict[str, Any]]:
    """One row per file, in order: file, verdict, reason, detected_type, av, details, evidence_sha256.

    A file that cannot be read is a row too (`reject`, `unreadable`), so that the rest goes on.
    """
    with build_gate(settings) as gate:
        for path in files:
            if not path.is_file():
                told = {"message": _no_file(path)}
                yield _row(path, "reject", "unreadable", None, AvReport().as_dict(), told, None)
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
    evidence_sha256: str | None,
) -> dict[str, Any]:
    return {
        "file": shown_name(str(path)),
        "verdict": verdict,
        "reason": reason,
        "detected_type": detected_type,
        "av": av,
        "details": details,
        "evidence_sha256": evidence_sha256,
    }

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
                yield _row(path, "reject", "unreadable", None, AvReport().as_dict(), {"message": "no such file"}, None)
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

"""What the scanner found, and what of it is let be, with the reason. What must not live here: how it is run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LET_BE: dict[tuple[str, str], str] = {}
"""(category, start of its words) -> why it is no fault of ours."""


@dataclass(frozen=True)
class Finding:
    category: str
    method: str
    path: str
    info: str

    @property
    def reason(self) -> str | None:
        """Why it is let be; None: it is a fault."""
        return next(
            (why for (kind, words), why in LET_BE.items() if kind == self.category and self.info.startswith(words)),
            None,
        )


def findings_of(report: Mapping[str, Any]) -> Sequence[Finding]:
    """All vulnerabilities and anomalies of the scanner's JSON report.

    Raises:
        KeyError: it is no report of its.
    """
    return [
        Finding(category, str(found["method"]), str(found["path"]), str(found["info"]))
        for part in ("vulnerabilities", "anomalies")
        for category, all_found in report[part].items()
        for found in all_found
    ]

"""What a command over many files or folders could not take: named, told, and exit code 1.

What must not live here: deciding what is left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.text import Text

from sgd_api.cli.terminal import EXIT_FAILED, err


@dataclass(frozen=True)
class LeftOut:
    """A file, or a whole folder, that did not become part of the canon, and why."""

    file: str
    reason: str
    org: str | None = None

    def json(self) -> dict[str, str]:
        """Without what does not apply."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def held_files(rows: Iterable[Mapping[str, Any]]) -> list[LeftOut]:
    """Of files that were asked for (`IngestResponse.files`), those that the gate did not let in."""
    return [LeftOut(str(row["file_name"]), _reason(row)) for row in rows if row.get("status") != "promoted"]


def _reason(row: Mapping[str, Any]) -> str:
    code = str(row.get("reason") or row.get("verdict") or row.get("status"))
    return f"{code}: {row['message']}" if row.get("message") else code


def say_left_out(left_out: Sequence[LeftOut]) -> None:
    """One line for each on stderr."""
    for one in left_out:
        name = f"{one.org}/{one.file}" if one.org else one.file
        err.print(Text.assemble(("left out", "yellow"), f" {name}: {one.reason}"), soft_wrap=True)


def end(left_out: Sequence[LeftOut]) -> None:
    """Exit code 1 when anything was left out: a script must not take half a folder for the whole."""
    if left_out:
        raise SystemExit(EXIT_FAILED)

"""The file of what a command has to tell that is not for the person before it: `log/command-line.log` below the data.

Without it Python itself would write a warning of ours as raw JSON above a table. What must not live here: what is worth
a line (`sgd_resources/events.py`), or the logs of processes that serve (`sgd_resources/observed/logs.py`).
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path


def log_path() -> Path:
    """Where the file is; it need not exist. Raises as `load_settings`."""
    from sgd_resources.settings import load_settings

    return load_settings().var_dir / "log" / "command-line.log"


def write_to_log(path: Path, text: str) -> None:
    """Append one entry under the time of now. Raises OSError when the file cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
        log.write(f"{datetime.now(UTC).isoformat(timespec='seconds')}\n{text}\n")


class CommandLog(logging.Handler):
    """Takes the log lines of a command into the file; opened when there is one, so that start-up stays quick."""

    def emit(self, record: logging.LogRecord) -> None:
        """See logging.Handler.emit: a line that cannot be kept is let go, for the command's own work goes on."""
        try:
            write_to_log(log_path(), self.format(record))
        except Exception:  # noqa: BLE001 - a line of a log stops no command, whatever the disk or a setting says
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Nothing: a traceback above a table is what this class is there to prevent."""


@contextmanager
def logs_off_the_terminal() -> Iterator[None]:
    """Within the block this process' log lines go to the file, or where a process that serves sends them."""
    root, handler = logging.getLogger(), CommandLog(logging.WARNING)
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)

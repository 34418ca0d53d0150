"""Jobs on a stranger's bytes, done by a process that can do nothing else."""

from collections.abc import Mapping
from typing import Any, Protocol


class ConfinedAnswer(Protocol):
    """What a job gave back: to be checked by whoever asked, before it is believed."""

    @property
    def result(self) -> dict[str, Any]:
        """JSON values."""
        ...

    @property
    def blobs(self) -> tuple[bytes, ...]:
        """Raw bytes beside them."""
        ...


class ConfinedJobs(Protocol):
    """Runs jobs under bounds of memory and time, without network and files (`sandbox/pool.py`)."""

    def call(
        self, target: str, data: bytes, arguments: Mapping[str, Any] | None = None, *, cpu_s: int | None = None
    ) -> ConfinedAnswer:
        """The answer of the job `package.module:function`.

        Args:
            target: the job.
            data: a stranger's bytes.
            arguments: JSON values.
            cpu_s: less processor time than any job may have.

        Raises:
            RejectedEvidence: the job refused the bytes, or they cost it more than it may use. A retry does not help.
            Unavailable: no process could be started, or none answered in time. Retry.
        """
        ...

    def close(self) -> None:
        """End the processes. Safe to call twice."""
        ...

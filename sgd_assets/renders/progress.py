"""How far a render is: the step it is in, the steps behind it, and when each began. Readers in other processes see it.

    validate -> brief -> canon -> plan -> guard -> generate -> compose -> measure -> repair -> store -> audit

Quick steps are written along with the next one that takes its time, so that a render on one machine costs one small
write, or one for each picture that takes its time. What must not live here: where it is written
(`sgd_resources/postgres/ledgers/requests.py`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sgd_resources.shown.moment import rfc3339

Step = Literal[
    "validate", "brief", "canon", "plan", "guard", "generate", "compose", "measure", "repair", "store", "audit"
]


_BETWEEN_PICTURES = timedelta(milliseconds=250)


def _now() -> datetime:
    return datetime.now(UTC)


def _nowhere(_: Mapping[str, Any]) -> None:
    """Of a render that no row tells of."""


@dataclass
class Progress:
    """Of one request, in one run. A step ends with the beginning of the next.

    Attributes:
        write: keeps what is told; quick, and never raises for a database that is away.
        clock: aware times.
    """

    write: Callable[[Mapping[str, Any]], None] = _nowhere
    clock: Callable[[], datetime] = _now
    _done: list[dict[str, Any]] = field(default_factory=list)
    _step: Step = "validate"
    _began: datetime = field(default_factory=_now)
    _picture: int | None = None
    _is_open: bool = True
    _written: datetime | None = None

    def begin(self, step: Step, *, picture: int | None = None, takes_time: bool = False) -> None:
        """A step begins, and the one before has ended; one that takes time is written at once."""
        now = self.clock()
        self._close(now)
        self._step, self._began, self._picture, self._is_open = step, now, picture, True
        if takes_time and self._is_worth_it(now):
            self._written = now
            self.write(self.told())

    def was(self, parts: Sequence[tuple[Step, float]]) -> None:
        """The step that is open was in truth these, one after another, each with its seconds."""
        began = self._began
        for step, seconds in parts:
            self._add(step, began, seconds)
            began += timedelta(seconds=seconds)
        if parts:
            self._step, self._began, self._is_open = parts[-1][0], began, False

    def told(self) -> dict[str, Any]:
        """`{"step", "at", "picture", "done": [{"step", "at", "ms", "picture"}]}`; `picture` only of steps of one."""
        return {"step": self._step, "at": rfc3339(self._began), **self._of_picture(), "done": list(self._done)}

    def _is_worth_it(self, now: datetime) -> bool:
        """Small pictures follow each other faster than anybody looks."""
        return not self._picture or self._written is None or now - self._written >= _BETWEEN_PICTURES

    def _close(self, now: datetime) -> None:
        if self._is_open:
            self._add(self._step, self._began, (now - self._began).total_seconds())

    def _add(self, step: Step, began: datetime, seconds: float) -> None:
        self._done.append({"step": step, "at": rfc3339(began), "ms": round(seconds * 1000), **self._of_picture()})

    def _of_picture(self) -> dict[str, int]:
        return {} if self._picture is None else {"picture": self._picture}

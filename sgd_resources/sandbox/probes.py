"""Jobs that misbehave on purpose, to prove what the sandbox holds back. Only its tests ask for them, by name.

They are shipped because a confined child may read our own packages and nothing else of ours. What must not live here:
anything that reads a stranger's file.
"""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sgd_resources.errors import RejectedEvidence

Reply = tuple[dict[str, Any], tuple[bytes, ...]]
_WORKED: list[bytes | bytearray] = []
"""What this child has done before; each child has its own."""


def echo(data: bytes, arguments: dict[str, Any]) -> Reply:
    """What came in."""
    return arguments, (data, b"")


def who(data: bytes, arguments: dict[str, Any]) -> Reply:
    """The child's process id."""
    return {"pid": os.getpid()}, ()


def spin(data: bytes, arguments: dict[str, Any]) -> Reply:
    """Never ends."""
    while True:
        pass


def spin_on(data: bytes, arguments: dict[str, Any]) -> Reply:
    """Never ends, and shrugs off the signal that its time is up, as a reader that was taken over would."""
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    return spin(data, arguments)


def burn(data: bytes, arguments: dict[str, Any]) -> Reply:
    """Takes some processor time."""
    end = time.process_time() + arguments["cpu_s"]
    while time.process_time() < end:
        pass
    return who(data, arguments)


def sleep(data: bytes, arguments: dict[str, Any]) -> Reply:
    """Waits and takes no processor time."""
    time.sleep(3600)
    return who(data, arguments)


def work_once(data: bytes, arguments: dict[str, Any]) -> Reply:
    """Works in a fresh child; in one that worked before it never answers, or is out of memory."""
    _WORKED.append(data)
    if len(_WORKED) > 1:
        if arguments["then"] == "sleep":
            return sleep(data, arguments)
        raise MemoryError
    return who(data, arguments)


def hold(data: bytes, arguments: dict[str, Any]) -> Reply:
    """Keeps memory after its end, as readers with caches do."""
    _WORKED.append(bytearray(arguments["bytes"]))
    return who(data, arguments)


def be_ended(data: bytes, arguments: dict[str, Any]) -> Reply:
    """Goes as a process goes that the machine ends for want of memory."""
    signal.raise_signal(signal.SIGKILL)
    raise AssertionError("a dead process went on")


def eat(data: bytes, arguments: dict[str, Any]) -> Reply:
    """Allocates without end."""
    held = []
    while True:
        held.append(bytearray(10_000_000))


def crash(data: bytes, arguments: dict[str, Any]) -> Reply:
    """Dies of a signal, as a broken C library does."""
    signal.raise_signal(signal.SIGSEGV)
    raise AssertionError("a dead process went on")


def recurse(data: bytes, arguments: dict[str, Any]) -> Reply:
    """Calls itself without end."""
    return recurse(data, arguments)


def fail(data: bytes, arguments: dict[str, Any]) -> Reply:
    """Raises what no reader should."""
    return {"never": 1 // (len(data) - len(data))}, ()


def refuse(data: bytes, arguments: dict[str, Any]) -> Reply:
    """Refuses."""
    raise RejectedEvidence("quarantine", "because", details={"n": 1})


def babble(data: bytes, arguments: dict[str, Any]) -> Reply:
    """Returns what is not a result."""
    return ["nonsense"], ()  # type: ignore[return-value] # the point of the probe


def reach_out(data: bytes, arguments: dict[str, Any]) -> Reply:
    """Tries everything a reader must not be able to do, and says how each ended."""
    return {
        "socket": _tried(lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()),
        "program": _tried(lambda: subprocess.run(["/bin/true"], check=True)),
        "fork": _tried(_fork),
        "read_passwd": _tried(lambda: Path("/etc/passwd").read_bytes()),
        "write_elsewhere": _tried(lambda: Path("/var/tmp/sgd-probe").write_bytes(b"x")),  # noqa: S108 - must fail
        "write_own": _tried(lambda: Path("own").write_bytes(b"x")),
        "secrets": _tried(_no_secrets),
    }, ()


def _fork() -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def _no_secrets() -> None:
    told = [name for name in os.environ if any(word in name for word in ("KEY", "SECRET", "TOKEN", "PASSWORD", "URL"))]
    if told:
        raise PermissionError(told)


def _tried(action: Callable[[], object]) -> str:
    try:
        action()
    except Exception as error:  # noqa: BLE001 - how it ended is the answer
        return f"{type(error).__name__}: {error}"
    return "done"

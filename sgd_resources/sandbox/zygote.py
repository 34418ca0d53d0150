"""The fork server and its children: the process that is started as `python -m sgd_resources.sandbox.zygote`.

It imports the reading libraries once, then forks a confined child per request of the parent (`pool`), and kills one
when told to. It ends, with all its children, when the parent goes away. What must not live here: judging a file.
"""

import importlib
import os
import shutil
import signal
import socket
import struct
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sgd_resources.errors import RejectedEvidence
from sgd_resources.processes import comes_true, has_ended, send_signal, signal_group
from sgd_resources.sandbox.confinement import confine_child, enter_empty_network
from sgd_resources.sandbox.job_limits import JobLimits, life_cpu_s, life_memory_bytes
from sgd_resources.sandbox.wire import WireError, read_memory, receive, send

Job = Callable[[bytes, dict[str, Any]], tuple[dict[str, Any], tuple[bytes, ...]]]
_MAX_REQUEST_BYTES = 1_000_000
_RECURSION = 3000
_OURS = ("sgd_resources.", "sgd_assets.")
_LAST_BREATH_S = 1.0
"""A child whose channel closed is about to end by itself; how it did is worth waiting for."""
_ORDINARY = (
    OSError, ValueError, SyntaxError, LookupError, TypeError, AttributeError, ArithmeticError, EOFError, zlib.error,
    struct.error, zipfile.BadZipFile,
)  # fmt: skip
"""How readers say that a file is damaged; any other error may have left the process itself damaged."""


def main(control_fd: int, options: dict[str, Any]) -> None:
    """Serve spawn and kill requests until the control socket closes."""
    control = socket.socket(fileno=control_fd)
    has_network_namespace = enter_empty_network()
    for name in options["preload"]:
        module, _, function = name.partition(":")
        loaded = importlib.import_module(module)
        if function:
            getattr(loaded, function)()
    children: dict[int, Path] = {}
    try:
        while True:
            head, _, fd = receive(control, max_bytes=_MAX_REQUEST_BYTES)
            if head["do"] == "spawn":
                assert fd is not None
                send(control, {"pid": _spawn(fd, control, head, children, has_network_namespace)})
            else:
                send(control, _end(head["pid"], children, has_gone=head["has_gone"]))
    except WireError:
        return
    finally:
        for pid in list(children):
            _end(pid, children, has_gone=False)


def _spawn(
    channel_fd: int,
    control: socket.socket,
    wish: dict[str, Any],
    children: dict[int, Path],
    has_network_namespace: bool,
) -> int:
    scratch = Path(tempfile.mkdtemp(prefix="sgd-job-"))
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            control.close()
            _serve(channel_fd, scratch, wish, has_network_namespace)
            code = 0
        finally:
            os._exit(code)
    os.close(channel_fd)
    children[pid] = scratch
    return pid


def _end(pid: int, children: dict[int, Path], *, has_gone: bool) -> dict[str, Any]:
    """How the child ended, killed with its group if need be; its temporary directory goes with it."""
    scratch = children.pop(pid, None)
    if scratch is None:
        return {}
    was_alive = not (has_gone and comes_true(lambda: has_ended(pid), _LAST_BREATH_S, pause_s=0.005))
    signal_group(pid, signal.SIGKILL)
    # One that had not come to lead its group yet.
    send_signal(pid, signal.SIGKILL)
    _, status, used = os.wait4(pid, 0)
    shutil.rmtree(scratch, ignore_errors=True)
    how = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    return {"ending": {"signal": how, "cpu_s": used.ru_utime + used.ru_stime, "was_alive": was_alive}}


def _serve(channel_fd: int, scratch: Path, wish: dict[str, Any], has_network_namespace: bool) -> None:
    """One child: confine, greet, then a job per request."""
    os.setsid()
    _silence()
    os.chdir(scratch)
    os.environ["TMPDIR"] = tempfile.tempdir = str(scratch)
    os.environ["NUMBA_CACHE_DIR"] = str(scratch)  # unstructured compiles at import, and its own folder is not writable
    channel = socket.socket(fileno=channel_fd)
    limits = JobLimits(wish["memory_bytes"])
    confinement = confine_child(
        scratch=scratch,
        address_space_bytes=limits.bytes_at_start + life_memory_bytes(wish["memory_bytes"]),
        cpu_s=life_cpu_s(wish["cpu_s"], wish["jobs"]),
        has_network_namespace=has_network_namespace,
    )
    sys.setrecursionlimit(_RECURSION)
    send(channel, {"confinement": confinement.as_dict()})
    while True:
        try:
            head, _, fd = receive(channel, max_bytes=_MAX_REQUEST_BYTES)
        except WireError:
            return
        assert fd is not None
        limits.begin(head["cpu_s"])
        answer, blobs = _answer(head, read_memory(fd, head["size"]), wish["memory_bytes"])
        send(channel, {**answer, **limits.used()}, blobs)


def _answer(head: dict[str, Any], data: bytes, memory_bytes: int) -> tuple[dict[str, Any], tuple[bytes, ...]]:
    """The job's result, or why the file was refused. Whatever a reader throws at a stranger's bytes is a refusal."""
    try:
        result, blobs = _job(head["target"])(data, head["arguments"])
    except RejectedEvidence as refusal:
        return _refusal(refusal.verdict, refusal.reason, refusal.details), ()
    except MemoryError:
        message = f"reading it takes more than {memory_bytes // 1_000_000:,} MB of memory"
        return {**_refusal("reject", "bomb", {"message": message}), "is_spent": True}, ()
    except RecursionError:
        return _refusal("reject", "bomb", {"message": f"nested deeper than {_RECURSION} calls of its reader go"}), ()
    except _ORDINARY as error:
        return _refusal("reject", "malformed", {"error": type(error).__name__}), ()
    except Exception as error:  # noqa: BLE001 - the boundary: any failure of a reading library means a malformed file
        return {**_refusal("reject", "malformed", {"error": type(error).__name__}), "is_spent": True}, ()
    return {"result": result}, blobs


def _refusal(verdict: str, reason: str, details: dict[str, Any]) -> dict[str, Any]:
    return {"refusal": {"verdict": verdict, "reason": reason, "details": details}}


def _job(target: str) -> Job:
    """`package.module:function`, of our own packages only."""
    module_name, _, function_name = target.partition(":")
    if not module_name.startswith(_OURS):
        raise ValueError(target)
    function: Job = getattr(importlib.import_module(module_name), function_name)
    return function


def _silence() -> None:
    """C libraries print their complaints about damaged files; those are not ours to show."""
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    os.close(null)


if __name__ == "__main__":
    import json

    main(int(sys.argv[1]), json.loads(sys.argv[2]))

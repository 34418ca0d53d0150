"""Who runs from a data directory: one locked file per process, freed by the kernel however the process ends.

A lock tells the living from the dead, which a process number in a file cannot: it may be a stranger's by now. What must
not live here: starting processes (`sgd_api/local/supervisor.py`).
"""

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal
from uuid import uuid4

Role = Literal["command", "child"]


@dataclass(frozen=True)
class Presence:
    """One live process. A child leads a process group of its own."""

    role: Role
    name: str
    pid: int


def claim(var_dir: Path, role: Role, name: str) -> "tuple[Path, BinaryIO]":
    """A locked, still empty file; whoever holds it open (a child inherits it) counts as alive. See `fill`."""
    folder = _folder(var_dir)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{role}-{name.replace(' ', '-')}-{uuid4().hex[:12]}.json"
    # Locked before it has its name, so that nobody takes it for one that was left behind.
    draft = path.with_suffix(".new")
    lock = draft.open("wb", buffering=0)
    fcntl.flock(lock, fcntl.LOCK_EX)
    draft.rename(path)
    return path, lock


def fill(lock: BinaryIO, role: Role, name: str, pid: int) -> None:
    """Say who holds the claim."""
    lock.write(json.dumps({"role": role, "name": name, "pid": pid}).encode())


@contextlib.contextmanager
def present(var_dir: Path, name: str) -> Iterator[None]:
    """This process counts as the running command `name` for the length of the block."""
    path, lock = claim(var_dir, "command", name)
    with lock:
        fill(lock, "command", name, os.getpid())
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def living(var_dir: Path) -> list[Presence]:
    """Everybody who runs from this data directory, commands before children; removes the files of the dead."""
    found = []
    for path in sorted(_folder(var_dir).glob("*.json")):
        with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
            if _is_free(file):
                path.unlink(missing_ok=True)
                continue
            with contextlib.suppress(ValueError, KeyError):
                found.append(Presence(**json.loads(file.read())))
    return sorted(found, key=lambda presence: presence.role != "command")


def is_locked(path: Path) -> bool:
    """Whether a live process holds the lock of this file."""
    try:
        with path.open("rb") as file:
            return not _is_free(file)
    except FileNotFoundError:
        return False


def _folder(var_dir: Path) -> Path:
    return var_dir / "run" / "processes"


def _is_free(file: BinaryIO) -> bool:
    try:
        # Shared, so that two who look at the same time do not take each other for the owner.
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

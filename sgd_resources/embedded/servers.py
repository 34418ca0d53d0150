"""How the embedded Postgres and Redis are made, started and recognised as ready. Standard library only.

What must not live here: who uses them and for how long (`supervisor.py`), what they contain (`postgres/`).
"""

import contextlib
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from sgd_resources.processes import IS_LINUX, comes_true, die_with, send_signal

START_TIMEOUT_S = 60.0
MAX_LOG_BYTES = 5_000_000
POSTGRES_MAJOR = "18"

POSTGRES_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "max_wal_size": "512MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "io_method": "sync",
    "jit": "off",
    # Parallel queries need /dev/shm, which containers keep small.
    "max_parallel_workers_per_gather": "0",
    "timezone": "UTC",
    # Statements and key values of tenants must not reach the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
NOT_DURABLE = {"fsync": "off", "full_page_writes": "off"}
"""Commits still survive a killed Postgres, though not a power cut."""


class StartFailed(Exception):
    """A service did not come up; the message is for the user."""


@dataclass(frozen=True)
class Plan:
    """What `services.py` asks for, as JSON in argv."""

    var_dir: Path
    socket_dir: Path
    control_path: Path
    postgres_bin: Path
    redis_server: Path
    is_durable: bool
    redis_max_bytes: int
    first_holder_fd: int

    @classmethod
    def from_json(cls, text: str) -> "Plan":
        """The plan; raises KeyError or ValueError when a field is missing or odd."""
        raw = json.loads(text)
        paths = {n: Path(raw[n]) for n in ("var_dir", "socket_dir", "control_path", "postgres_bin", "redis_server")}
        return cls(
            **paths,
            is_durable=bool(raw["is_durable"]),
            redis_max_bytes=int(raw["redis_max_bytes"]),
            first_holder_fd=int(raw["first_holder_fd"]),
        )


@dataclass(frozen=True)
class Account:
    """The plain account that runs the services; Postgres refuses to run as root."""

    uid: int
    gid: int
    name: str

    @classmethod
    def choose(cls, plan: Plan) -> "Account | None":
        """None: run as who we are. As root: whoever owns the data already, else an unprivileged account."""
        if os.geteuid() != 0:
            return None
        data = plan.var_dir / "postgres"
        if data.exists() and (uid := data.stat().st_uid) != 0:
            with contextlib.suppress(KeyError):
                return cls._of(pwd.getpwuid(uid))
        for name in ("pgserver", "nobody"):
            with contextlib.suppress(KeyError):
                return cls._of(pwd.getpwnam(name))
        raise StartFailed("Postgres does not run as root and this machine has no account 'nobody' to run it as")

    @classmethod
    def _of(cls, entry: pwd.struct_passwd) -> "Account":
        return cls(entry.pw_uid, entry.pw_gid, entry.pw_name)


class Servers:
    """Starts the two services as children of this process."""

    def __init__(self, plan: Plan, lock: BinaryIO) -> None:
        self._plan = plan
        self._lock = lock
        self._account = Account.choose(plan)
        self._has_run_postgres = False

    def start(self, name: str) -> "subprocess.Popen[bytes]":
        """The child process of `postgres` or `redis`, ready for clients.

        Raises:
            StartFailed: with the end of the service's log.
        """
        return {"postgres": self._start_postgres, "redis": self._start_redis}[name]()

    def _start_postgres(self) -> "subprocess.Popen[bytes]":
        plan, data = self._plan, self._plan.var_dir / "postgres"
        self._make_reachable()
        if not (data / "PG_VERSION").exists():
            self._initdb(data)
        major = (data / "PG_VERSION").read_text("ascii").strip()
        if major != POSTGRES_MAJOR:
            raise StartFailed(f"{data} was made by Postgres {major}, this is {POSTGRES_MAJOR}: move it away or dump it")
        if not self._has_run_postgres:
            # Our lock proves that its writer is gone, while its pid may have been given to a stranger since.
            (data / "postmaster.pid").unlink(missing_ok=True)
        self._has_run_postgres = True
        chosen = {**POSTGRES_SETTINGS, "unix_socket_directories": str(plan.socket_dir), "data_directory": str(data)}
        chosen |= {} if plan.is_durable else NOT_DURABLE
        options = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
        log = plan.var_dir / "log" / "postgres.log"
        child = self._spawn([str(plan.postgres_bin / "postgres"), "-D", str(data), *options], log, signal.SIGINT)
        _wait_until(lambda: _postmaster_is_ready(data / "postmaster.pid", child.pid), child, "Postgres", log)
        return child

    def _initdb(self, data: Path) -> None:
        """Make the cluster beside its place and rename it there, so that a crash leaves no half cluster."""
        log = self._plan.var_dir / "log" / "initdb.log"
        draft = data.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self._give(draft)
        command = [
            str(self._plan.postgres_bin / "initdb"), "-D", str(draft), "-U", "postgres",
            "--auth=trust", "--encoding=UTF8", "--locale=C",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions",
        ]  # fmt: skip
        if not self._plan.is_durable:
            command.append("--no-sync")
        child = self._spawn(command, log, signal.SIGKILL)
        try:
            code = child.wait(START_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            raise StartFailed(f"initdb was not done after {START_TIMEOUT_S:.0f} s, see {log}") from None
        if code:
            raise StartFailed(f"initdb failed:\n{_tail(log)}")
        draft.rename(data)

    def _start_redis(self) -> "subprocess.Popen[bytes]":
        plan, data = self._plan, self._plan.var_dir / "redis"
        data.mkdir(mode=0o700, exist_ok=True)
        self._give(data)
        self._make_reachable()
        socket_path = plan.socket_dir / "redis.sock"
        socket_path.unlink(missing_ok=True)
        options = {
            "port": "0", "unixsocket": str(socket_path), "unixsocketperm": "700", "dir": str(data),
            "dbfilename": "dump.rdb", "save": "300 1" if plan.is_durable else "", "appendonly": "no",
            "maxmemory": str(plan.redis_max_bytes),
            "maxmemory-policy": "allkeys-lru", "daemonize": "no", "databases": "64", "pidfile": str(data / "redis.pid"),
        }  # fmt: skip
        arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
        log = plan.var_dir / "log" / "redis.log"
        child = self._spawn([str(plan.redis_server), *arguments], log, signal.SIGTERM)
        _wait_until(lambda: _redis_is_ready(socket_path), child, "Redis", log)
        return child

    def _spawn(self, command: Sequence[str], log: Path, death_signal: int) -> "subprocess.Popen[bytes]":
        account = self._account
        kept = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR")
        environment = {name: os.environ[name] for name in kept if name in os.environ} | {"LANG": "C", "LC_ALL": "C"}
        with _open_log(log) as out:
            return subprocess.Popen(  # noqa: S603 - our own binaries, no shell
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=environment, cwd="/",
                pass_fds=(self._lock.fileno(),),
                preexec_fn=partial(die_with, os.getpid(), death_signal),  # noqa: PLW1509 - this process has one thread
                user=account.uid if account else None, group=account.gid if account else None,
                extra_groups=[] if account else None,
            )  # fmt: skip

    def _give(self, path: Path) -> None:
        if self._account is not None:
            os.chown(path, self._account.uid, self._account.gid)

    def _make_reachable(self) -> None:
        """As root: let the service account pass through to its data and binaries, and nothing more."""
        if self._account is None:
            return
        plan = self._plan
        for leaf in (plan.socket_dir, plan.var_dir / "redis", plan.postgres_bin, plan.redis_server):
            for folder in leaf.parents:
                if not (mode := folder.stat().st_mode) & 0o001:
                    folder.chmod(mode | 0o001)
        self._give(plan.socket_dir)
        if not os.stat(plan.postgres_bin / "postgres").st_mode & 0o001:
            # Installed under a private umask: others may neither read the libraries nor run the binaries.
            for root in (plan.postgres_bin.parent, plan.postgres_bin.parent.parent.with_suffix(".libs")):
                for path in [root, *root.rglob("*")]:
                    path.chmod(path.stat().st_mode | (0o005 if path.is_dir() or path.parent.name == "bin" else 0o004))


def stop_orphans(plan: Plan) -> None:
    """Ask services that outlived a killed supervisor to stop, where the kernel does not do it for us (macOS)."""
    if IS_LINUX:
        return
    for path, ask in (("postgres/postmaster.pid", signal.SIGINT), ("redis/redis.pid", signal.SIGTERM)):
        with contextlib.suppress(OSError, ValueError, IndexError):
            send_signal(int((plan.var_dir / path).read_text("ascii").split()[0]), ask)


def _open_log(path: Path) -> BinaryIO:
    path.parent.mkdir(exist_ok=True)
    if path.exists() and path.stat().st_size > MAX_LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")


def _tail(log: Path) -> str:
    return "\n".join(log.read_text("utf-8", "replace").splitlines()[-8:])


def _wait_until(is_ready: Callable[[], bool], child: "subprocess.Popen[bytes]", name: str, log: Path) -> None:
    comes_true(lambda: is_ready() or child.poll() is not None, START_TIMEOUT_S, pause_s=0.01)
    if child.poll() is not None:
        raise StartFailed(f"{name} ended while starting, see {log}:\n{_tail(log)}")
    if not is_ready():
        child.kill()
        child.wait()
        raise StartFailed(f"{name} was not ready after {START_TIMEOUT_S:.0f} s, see {log}:\n{_tail(log)}")


def _postmaster_is_ready(pid_file: Path, pid: int) -> bool:
    try:
        lines = pid_file.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def _redis_is_ready(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(path))
            probe.sendall(b"PING\r\n")
            return probe.recv(64).startswith(b"+PONG")
        except OSError:
            return False

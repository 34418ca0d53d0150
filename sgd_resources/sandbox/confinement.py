"""Takes from this process everything that reading a file does not need. Called in the fork server and in each child.

Uses what the machine allows and says what that was. What must not live here: starting processes, running jobs.
"""

import ctypes
import os
import resource
import signal
import sys
import sysconfig
from dataclasses import asdict, dataclass
from pathlib import Path

from sgd_resources.processes import ask_death_signal
from sgd_resources.sandbox.landlock import landlock_abi, restrict_files
from sgd_resources.sandbox.seccomp import forbid_network_and_programs

_CLONE_NEWUSER, _CLONE_NEWNET, _CLONE_NEWIPC = 0x10000000, 0x40000000, 0x08000000
_PR_SET_DUMPABLE = 4
_MAX_FILE_BYTES = 500_000_000
_MAX_OPEN_FILES = 128


@dataclass(frozen=True)
class Confinement:
    """What holds a child back."""

    seccomp: bool = False
    landlock_abi: int = 0
    network_namespace: bool = False
    rlimits: bool = False

    @property
    def has_no_network(self) -> bool:
        """Whether at least one mechanism keeps the child off the network."""
        return self.seccomp or self.network_namespace or self.landlock_abi >= 4

    def as_dict(self) -> dict[str, bool | int]:
        """JSON form, for `sgd doctor` and for the child's greeting."""
        return {**asdict(self), "has_no_network": self.has_no_network}


def enter_empty_network() -> bool:
    """Move this process into a network namespace without interfaces; False where that is not allowed.

    Must run while the process has one thread; children inherit it.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    uid, gid = os.geteuid(), os.getegid()
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWIPC) == 0:
        _map_own_ids(uid, gid)
        return True
    return bool(libc.unshare(_CLONE_NEWNET) == 0)


def confine_child(*, scratch: Path, address_space_bytes: int, cpu_s: int, has_network_namespace: bool) -> Confinement:
    """Confine this process for good: dies with its parent, bounded memory and CPU, no files but its own, no network.

    The bounds are those of its whole life; what one job may use of them is set before each (`job_limits`).
    """
    ask_death_signal(signal.SIGKILL)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, _MAX_FILE_BYTES)
    _limit(resource.RLIMIT_NOFILE, _MAX_OPEN_FILES)
    _limit(resource.RLIMIT_AS, address_space_bytes)
    _limit(resource.RLIMIT_CPU, cpu_s)
    has_landlock = restrict_files(readable=_program_paths(), writable=[scratch])
    has_seccomp = forbid_network_and_programs()
    return Confinement(
        seccomp=has_seccomp,
        landlock_abi=landlock_abi() if has_landlock else 0,
        network_namespace=has_network_namespace,
        rlimits=True,
    )


def _program_paths() -> list[Path]:
    """The interpreter, its libraries and our own package: what a late import may read."""
    package = Path(__file__).resolve().parent.parent
    found = {
        Path(sys.prefix), Path(sys.base_prefix) / "lib", Path(sys.exec_prefix), Path(sysconfig.get_paths()["stdlib"]),
        package, package.parent / "sgd_assets", package.parent / "contracts", package.parent / "policies",
        Path("/usr/lib"), Path("/usr/share"), Path("/usr/local/lib"), Path("/lib"), Path("/lib64"),
        Path("/etc/ld.so.cache"), Path("/etc/fonts"), Path("/dev/null"), Path("/dev/urandom"), Path("/proc/cpuinfo"),
        Path("/proc/meminfo"), Path("/sys/devices/system/cpu"),
        # Of an environment that stands on another one, that one's packages too.
        *(path for entry in sys.path if (path := Path(entry)).name in ("site-packages", "dist-packages")),
    }  # fmt: skip
    return sorted(path for path in found if path != Path("/"))


def _limit(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    top = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (top, top))


def _map_own_ids(uid: int, gid: int) -> None:
    """Keep our own ids inside the namespace, so that files made there belong to us; the rest stays unmapped."""
    for name, content in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        try:
            Path(f"/proc/self/{name}").write_text(content, "ascii")
        except OSError:
            return

"""Names the process that executes a run, so that anybody can tell later whether it still lives.

A run that executes in a process of ours carries two tags: who the process is, and when it was last heard of. On the
same machine the kernel answers; the heartbeat is for owners elsewhere. Imports no dagster. What must not live here:
marking runs (`dead_runs.py`).

    (both hidden in the UI by their prefix)
    OWNER_TAG      host/boot id/pid namespace/pid/start, e.g. `laptop/3f2a.../4026531836/4242/918273`
    HEARTBEAT_TAG  seconds since 1970
"""

import os
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass

from sgd_resources.processes import boot_id, pid_namespace, started

OWNER_TAG = ".dagster/sgd_owner"
OWNED_RUN_TAG = ".dagster/sgd_owned_run"
"""Which run the owner's tags are of: a run that the UI makes from another bears that one's tags."""
HEARTBEAT_TAG = ".dagster/sgd_heartbeat"
HEARTBEAT_S = 10.0
STALE_AFTER_S = 40.0
"""An owner on another machine that is silent for so long is taken for dead: with a sweep, within a minute."""


@dataclass(frozen=True)
class RunOwner:
    """A process.

    Attributes:
        host: for people.
        boot: of the kernel; a restart makes another.
        namespace: of process ids: containers of one machine share its boot and have ids of their own.
        pid: in that namespace.
        started: clock ticks from boot to the start of the process: a pid is given again.
    """

    host: str
    boot: str
    namespace: str
    pid: int
    started: str

    @classmethod
    def here(cls) -> "RunOwner":
        """This process."""
        pid = os.getpid()
        return cls(socket.gethostname().replace("/", "_"), boot_id(), pid_namespace(), pid, started(pid) or "")

    @classmethod
    def parse(cls, text: str) -> "RunOwner | None":
        """The owner that a tag names; None when it is no such tag."""
        parts = text.split("/")
        if len(parts) != 5 or not parts[3].isdigit():
            return None
        host, boot, namespace, pid, started = parts
        return cls(host, boot, namespace, int(pid), started)

    def text(self) -> str:
        """For a tag."""
        return f"{self.host}/{self.boot}/{self.namespace}/{self.pid}/{self.started}"

    def is_alive(self) -> bool | None:
        """What the kernel says; None for a process that it cannot know: another machine's, or another container's."""
        if (self.boot, self.namespace) != (boot_id(), pid_namespace()) or not self.boot:
            return None
        return started(self.pid) == self.started


def owner_tags() -> dict[str, str]:
    """Tags of a run that begins in this process now."""
    return {OWNER_TAG: RunOwner.here().text(), **heartbeat_tag()}


def heartbeat_tag() -> dict[str, str]:
    """The tag to renew every `HEARTBEAT_S` for as long as the run lasts."""
    return {HEARTBEAT_TAG: f"{time.time():.0f}"}


def is_owner_dead(tags: Mapping[str, str]) -> bool:
    """Whether a run with these tags has lost its process; False for a run that names none."""
    owner = RunOwner.parse(tags.get(OWNER_TAG, ""))
    if owner is None:
        return False
    is_alive = owner.is_alive()
    if is_alive is not None:
        return not is_alive
    heard_of = tags.get(HEARTBEAT_TAG, "")
    return not heard_of.isdigit() or time.time() - int(heard_of) > STALE_AFTER_S

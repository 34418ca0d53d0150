"""How a service is made: one that does not come up is told of, and no folder of ours is another program's to close."""

import fcntl
import os
from pathlib import Path

import pytest

from sgd_resources.embedded.servers import Plan, Servers, StartFailed
from tests.conftest import SERVICES_DIR_VARIABLE


def _plan(tmp_path: Path, initdb: str) -> Plan:
    for folder in ("var/log", "sock", "bin"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("initdb", "postgres"):
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{initdb}\n")
        (tmp_path / "bin" / name).chmod(0o755)
    return Plan(
        var_dir=tmp_path / "var", socket_dir=tmp_path / "sock", control_path=tmp_path / "control",
        postgres_bin=tmp_path / "bin", redis_server=tmp_path / "bin" / "redis-server", is_durable=False,
        redis_max_bytes=1, first_holder_fd=-1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("initdb", "told"), [("exec sleep 60", "initdb was not done after"), ("echo no room; exit 1", "no room")]
)
def test_a_cluster_that_is_not_made_is_told_of_and_leaves_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, initdb: str, told: str
) -> None:
    monkeypatch.setattr("sgd_resources.embedded.servers.START_TIMEOUT_S", 0.5)
    with (tmp_path / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(StartFailed, match=told):
            Servers(_plan(tmp_path, initdb), lock).start("postgres")
    assert not (tmp_path / "var" / "postgres").exists()
    # Whoever it started holds our lock for as long as he lives.
    with (tmp_path / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_folders_of_tests_lie_in_no_place_that_other_sessions_of_the_user_close(tmp_path: Path) -> None:
    assert tmp_path.is_relative_to(os.environ[SERVICES_DIR_VARIABLE])

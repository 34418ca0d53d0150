"""The sandbox: jobs run, are bounded in time and memory, cannot reach out, and children come and go cleanly."""

import json
import signal
from collections.abc import Iterator
from typing import Any

import pytest

from sgd_resources.errors import RejectedEvidence, Unavailable
from sgd_resources.sandbox.fork_server import ForkServer
from sgd_resources.sandbox.pool import Sandbox, SandboxLimits

pytestmark = pytest.mark.slow

PROBES = "sgd_resources.sandbox.probes"


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    """One for all that is no test of a server: starting one costs half a second."""
    with ForkServer((PROBES,)) as started:
        yield started


@pytest.fixture(scope="module")
def sandbox(server: ForkServer) -> Iterator[Sandbox]:
    limits = SandboxLimits(cpu_s=5, memory_bytes=150_000_000, jobs_per_child=20)
    with Sandbox(limits, processes=1, server=server) as one:
        yield one


def refusal(sandbox: Sandbox, target: str, data: bytes = b"x", **bounds: Any) -> RejectedEvidence:
    with pytest.raises(RejectedEvidence) as caught:
        sandbox.call(f"{PROBES}:{target}", data, **bounds)
    return caught.value


def test_bytes_and_arguments_come_through_and_back(sandbox: Sandbox) -> None:
    data = bytes(range(256)) * 20_000
    answer = sandbox.call(f"{PROBES}:echo", data, {"a": [1, "b"]})
    assert (answer.result, answer.blobs) == ({"a": [1, "b"]}, (data, b""))


def test_empty_bytes_come_through(sandbox: Sandbox) -> None:
    assert sandbox.call(f"{PROBES}:echo", b"").blobs == (b"", b"")


def test_a_child_is_kept_between_jobs(sandbox: Sandbox) -> None:
    pids = {sandbox.call(f"{PROBES}:who", b"").result["pid"] for _ in range(3)}
    assert len(pids) == 1


def test_a_child_is_replaced_after_its_jobs(server: ForkServer) -> None:
    with Sandbox(SandboxLimits(jobs_per_child=2), processes=1, server=server) as one:
        pids = [one.call(f"{PROBES}:who", b"").result["pid"] for _ in range(4)]
    assert len(set(pids)) == 2


@pytest.mark.slow
@pytest.mark.parametrize(("target", "wall_s"), [("spin", 60.0), ("spin_on", 3.0)])
def test_a_job_that_never_ends_is_a_bomb_by_its_processor_time(sandbox: Sandbox, target: str, wall_s: float) -> None:
    found = refusal(sandbox, target, cpu_s=1, wall_s=wall_s)
    assert (found.verdict, found.reason, found.details["cpu_s"]) == ("reject", "bomb", 1)


def test_a_job_that_the_machine_did_not_let_end_in_time_is_no_bomb(sandbox: Sandbox) -> None:
    with pytest.raises(Unavailable, match="too busy"):
        sandbox.call(f"{PROBES}:sleep", b"x", wall_s=0.1)


@pytest.mark.parametrize("then", [pytest.param("sleep", marks=pytest.mark.slow), "memory"])
def test_what_a_used_child_fails_at_is_asked_of_a_fresh_one(server: ForkServer, then: str) -> None:
    with Sandbox(SandboxLimits(wall_s=2.0), processes=1, server=server) as one:
        pids = {one.call(f"{PROBES}:work_once", b"", {"then": then}).result["pid"] for _ in range(2)}
    assert len(pids) == 2


@pytest.mark.slow
def test_each_job_has_its_own_processor_time() -> None:
    limits = SandboxLimits(cpu_s=1, jobs_per_child=3)
    with Sandbox(limits, processes=1, preload=(PROBES,)) as one:
        answers = [one.call(f"{PROBES}:burn", b"", {"cpu_s": 0.8}) for _ in range(3)]
    assert len({answer.result["pid"] for answer in answers}) == 1
    assert all(0.8 <= answer.cpu_s < 2 for answer in answers)


def test_each_job_has_its_own_memory_and_a_child_that_has_grown_is_replaced(server: ForkServer) -> None:
    limits = SandboxLimits(memory_bytes=200_000_000)
    with Sandbox(limits, processes=1, server=server) as one:
        pids = [one.call(f"{PROBES}:hold", b"", {"bytes": size}).result["pid"] for size in (80_000_000, 160_000_000, 1)]
    assert pids[0] == pids[1] != pids[2]


def test_a_reader_that_the_machine_ended_says_nothing_of_the_file(sandbox: Sandbox) -> None:
    with pytest.raises(Unavailable, match="machine ended"):
        sandbox.call(f"{PROBES}:be_ended", b"x")


def test_a_job_that_eats_memory_is_stopped(sandbox: Sandbox) -> None:
    assert refusal(sandbox, "eat").reason == "bomb"


def test_a_job_that_crashes_the_process_is_a_malformed_file(sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    assert refusal(sandbox, "crash").reason == "malformed"
    told = json.loads(caplog.records[-1].getMessage())
    assert (told["event"], told["verdict"], told["signal"]) == ("sandbox.child_ended", "malformed", signal.SIGSEGV)


def test_a_job_that_recurses_is_a_bomb(sandbox: Sandbox) -> None:
    assert refusal(sandbox, "recurse").reason == "bomb"


def test_any_error_of_a_reader_is_a_malformed_file(sandbox: Sandbox) -> None:
    found = refusal(sandbox, "fail")
    assert (found.reason, found.details) == ("malformed", {"error": "ZeroDivisionError"})


def test_a_refusal_comes_through_with_its_details(sandbox: Sandbox) -> None:
    found = refusal(sandbox, "refuse")
    assert (found.verdict, found.reason, found.details) == ("quarantine", "because", {"n": 1})


def test_nonsense_from_a_child_is_not_believed(sandbox: Sandbox) -> None:
    assert refusal(sandbox, "babble").reason == "malformed"


def test_the_sandbox_works_on_after_all_that(sandbox: Sandbox) -> None:
    assert sandbox.call(f"{PROBES}:echo", b"still").blobs[0] == b"still"


def test_only_our_own_lowest_package_is_called(sandbox: Sandbox) -> None:
    with pytest.raises(RejectedEvidence):
        sandbox.call("os:system", b"")


def test_a_child_cannot_reach_out(sandbox: Sandbox) -> None:
    holds = sandbox.capabilities()
    assert holds["has_no_network"], "this machine allows neither seccomp nor Landlock nor a namespace"
    tried = sandbox.call(f"{PROBES}:reach_out", b"").result
    assert tried["socket"].startswith("PermissionError") or holds["network_namespace"]
    if holds["seccomp"]:
        assert tried["program"].startswith("PermissionError")
        assert tried["fork"].startswith("PermissionError")
    if holds["landlock_abi"]:
        assert tried["read_passwd"].startswith("PermissionError")
        assert tried["write_elsewhere"].startswith("PermissionError")
    assert tried["write_own"] == "done"
    assert tried["secrets"] == "done"


def test_a_closed_sandbox_starts_again() -> None:
    one = Sandbox(processes=1, preload=(PROBES,))
    one.call(f"{PROBES}:echo", b"a")
    one.close()
    assert one.call(f"{PROBES}:echo", b"b").blobs[0] == b"b"
    one.close()
    one.close()


def test_no_interpreter_is_an_outage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/nonexistent/python")
    with pytest.raises(Unavailable):
        Sandbox(processes=1).call(f"{PROBES}:echo", b"")


def test_two_sandboxes_share_one_server_and_keep_their_own_limits(server: ForkServer) -> None:
    small = Sandbox(SandboxLimits(memory_bytes=150_000_000), processes=1, server=server)
    with Sandbox(SandboxLimits(memory_bytes=1_500_000_000), processes=1, server=server) as large:
        assert refusal(small, "eat").reason == "bomb"
        assert large.call(f"{PROBES}:echo", b"a").blobs[0] == b"a"
        small.close()
        assert large.call(f"{PROBES}:echo", b"b").blobs[0] == b"b"


def test_a_server_that_is_gone_is_started_again() -> None:
    with ForkServer((PROBES,)) as server, Sandbox(processes=1, server=server) as sandbox:
        sandbox.call(f"{PROBES}:echo", b"a")
        server.close()
        assert sandbox.call(f"{PROBES}:echo", b"b").blobs[0] == b"b"

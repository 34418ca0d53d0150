"""What the end of a child says of its file: processor time and crashes are the file's, the rest is the machine's."""

import signal

import pytest

from sgd_resources.errors import RejectedEvidence, Unavailable
from sgd_resources.sandbox.endings import Ending, verdict_on_a_lost_child, verdict_on_a_stalled_job


def of_signal(number: int, *, was_alive: bool = False) -> Ending:
    return Ending(signal=number, cpu_s=3.0, was_alive=was_alive)


def reason_of(error: Exception) -> str:
    return error.reason if isinstance(error, RejectedEvidence) else type(error).__name__


@pytest.mark.parametrize(
    ("ending", "job_cpu_s", "expected"),
    [
        (of_signal(signal.SIGXCPU), 9.1, "bomb"),
        (of_signal(signal.SIGXCPU), 0.04, "Unavailable"),
        (of_signal(signal.SIGKILL), 9.1, "bomb"),
        (of_signal(signal.SIGKILL), 1.0, "Unavailable"),
        (of_signal(signal.SIGTERM), 1.0, "Unavailable"),
        (of_signal(signal.SIGKILL, was_alive=True), 1.0, "malformed"),
        (of_signal(signal.SIGSEGV), 1.0, "malformed"),
        (of_signal(0), 1.0, "malformed"),
        (None, 0.0, "Unavailable"),
    ],
    ids=[
        "out of time",
        "its life is over",
        "beyond its time",
        "no memory",
        "operator",
        "closed its channel",
        "crash",
        "left",
        "unseen",
    ],
)
def test_a_lost_child(ending: Ending | None, job_cpu_s: float, expected: str) -> None:
    assert reason_of(verdict_on_a_lost_child(ending, job_cpu_s=job_cpu_s, cpu_s=9)) == expected


@pytest.mark.parametrize(("job_cpu_s", "expected"), [(0.0, "Unavailable"), (8.9, "Unavailable"), (9.0, "bomb")])
def test_a_stalled_job_is_a_bomb_only_by_its_processor_time(job_cpu_s: float, expected: str) -> None:
    killed = of_signal(signal.SIGKILL, was_alive=True)
    assert reason_of(verdict_on_a_stalled_job(killed, job_cpu_s=job_cpu_s, cpu_s=9)) == expected


def test_a_retry_is_worth_it_later() -> None:
    error = verdict_on_a_stalled_job(None, job_cpu_s=0.0, cpu_s=9)
    assert isinstance(error, Unavailable)
    assert error.retry_after_s > 0

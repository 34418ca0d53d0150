"""`sgd up` and its neighbours as real processes: whose API answers, what is guarded, what is left behind."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from sgd_api.local.listeners import is_free, listen, local_url, port_of
from sgd_api.local.presence import living
from sgd_api.local.up_state import answers_as
from sgd_resources.errors import Unavailable

SGD = [sys.executable, "-m", "sgd_api.cli.app"]
PATIENCE_S = 240.0


@pytest.fixture
def odd_dir() -> Iterator[Path]:
    """A data directory whose path holds what URLs, YAML and shells read as something else."""
    top = Path(tempfile.mkdtemp(prefix="sgd-one-"))
    yield top / "50% off #1 \u00fc" / "var"
    shutil.rmtree(top)


def environment(var_dir: Path) -> dict[str, str]:
    return {**os.environ, "SGD_VAR_DIR": str(var_dir), "SGD_API_PORT": "8760", "SGD_DAGSTER_PORT": "3760"}


@contextmanager
def up(var_dir: Path, *options: str) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [*SGD, "up", *options], env=environment(var_dir), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


def until(is_so: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + PATIENCE_S
    while not (found := is_so()):
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.1)
    return found


def state(var_dir: Path, name: str) -> Any:
    path = var_dir / "run" / "up.json"
    return json.loads(path.read_text("utf-8"))[name] if path.is_file() else None


def pid_of(var_dir: Path, name: str) -> int:
    found: int = until(lambda: next((known.pid for known in living(var_dir) if known.name == name), None))
    return found


def test_two_that_want_one_port_get_one_each() -> None:
    with listen("127.0.0.1", 8770) as first, listen("127.0.0.1", 8770) as second:
        assert port_of(first) != port_of(second)
        assert not is_free("127.0.0.1", port_of(first))


def test_a_host_of_another_machine_is_refused_with_the_reason() -> None:
    with pytest.raises(Unavailable, match=r"192\.0\.2\.1"):
        listen("192.0.2.1", 8770)


def test_the_url_of_a_listener_on_every_address_is_one_that_answers() -> None:
    with listen("0.0.0.0", 8770) as listener:
        url = local_url("0.0.0.0", port_of(listener))
        host, _, port = url.removeprefix("http://").partition(":")
        socket.create_connection((host, int(port)), timeout=5).close()
    assert local_url("::", 80) == "http://[::1]:80"


def test_another_process_on_the_port_is_not_taken_for_ours() -> None:
    command = [sys.executable, "-m", "http.server", "8790", "--bind", "127.0.0.1"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as other:
        until(lambda: not is_free("127.0.0.1", 8790))
        assert not answers_as("http://127.0.0.1:8790", "x")
        other.kill()


def test_up_in_an_odd_path_prints_a_key_that_works_and_is_guarded_from_its_first_second(odd_dir: Path) -> None:
    with up(odd_dir, "--no-dagster") as serving:
        until((odd_dir / "run" / "up.json").is_file)
        second = subprocess.run([*SGD, "up"], env=environment(odd_dir), capture_output=True, text=True, check=False)
        assert second.returncode == 2
        assert "sgd up" in second.stderr
        assert serving.stdout is not None
        printed = ""
        while "Try" not in printed:
            printed += (line := serving.stdout.readline())
            assert line, printed
        key = next(word for word in printed.split() if word.startswith("sgd_"))
        url = state(odd_dir, "local_url")
        assert httpx.get(f"{url}/uploads", headers={"Authorization": f"Bearer {key}"}).status_code == 200
        os.kill(pid_of(odd_dir, "api"), signal.SIGKILL)
        # The port is never anybody else's: a client waits until the API is there again.
        until(lambda: answers_as(url, state(odd_dir, "instance_id")))
        down = subprocess.run([*SGD, "down"], env=environment(odd_dir), capture_output=True, text=True, check=True)
        assert "sgd up" in down.stdout
        assert serving.wait(30) != 0
    assert living(odd_dir) == []


def test_a_killed_dagster_comes_back_and_a_killed_up_leaves_nothing(odd_dir: Path) -> None:
    with up(odd_dir) as serving:
        url = until(lambda: state(odd_dir, "dagster_url"))
        for name in ("dagster-code", "dagster-ui"):
            before = pid_of(odd_dir, name)
            os.kill(before, signal.SIGKILL)
            until(lambda before=before, name=name: pid_of(odd_dir, name) != before)  # type: ignore[misc]  # bound per round
        until(lambda: _location_is_loaded(url))
        serving.kill()
        serving.wait()
        subprocess.run([*SGD, "down", "--quiet"], env=environment(odd_dir), check=True)
    assert living(odd_dir) == []
    assert _processes_naming(odd_dir) == []


def _location_is_loaded(url: str) -> bool:
    query = "{workspaceOrError{... on Workspace{locationEntries{locationOrLoadError{__typename}}}}}"
    try:
        answer = httpx.post(f"{url}/graphql", json={"query": query}, timeout=20).json()
        return "RepositoryLocation" in json.dumps(answer)
    except httpx.HTTPError:
        return False


def _processes_naming(var_dir: Path) -> list[str]:
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            environ, command = (entry / "environ").read_bytes(), (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if os.fsencode(var_dir) in environ + command and int(entry.name) != os.getpid():
            found.append(command.replace(b"\0", b" ").decode(errors="replace"))
    return found

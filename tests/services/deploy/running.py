"""Starts what these tests need: one machine's API with other settings, and Debian's servers until the block ends."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from sgd_api.local.stack import LocalStack, local_stack
from sgd_resources.settings import Settings, load_settings

PATIENCE_S = 180.0


def free_port(host: str = "127.0.0.1") -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


@contextmanager
def folder_for_all(prefix: str) -> Iterator[Path]:
    """A folder that servers which lay their rights down may read; pytest's own are private."""
    made = Path(tempfile.mkdtemp(prefix=prefix))
    made.chmod(0o755)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def environment_of(**settings: str) -> Iterator[pytest.MonkeyPatch]:
    """Only these settings, whatever the developer's own environment names."""
    with pytest.MonkeyPatch.context() as environment:
        for name in Settings.model_fields:
            environment.delenv(name.upper(), raising=False)
        for name, value in settings.items():
            environment.setenv(name, value)
        yield environment


@contextmanager
def api_with(settings: Mapping[str, str], *, workers: int = 0) -> Iterator[LocalStack]:
    """The API of one machine, in a data directory of its own."""
    with folder_for_all("sgd-deploy-") as folder:
        needed = {"SGD_VAR_DIR": str(folder / "var"), "SGD_API_PORT": str(free_port()), "SGD_SIGNING_KEY": "k" * 40}
        with environment_of(**needed, **settings), local_stack(load_settings(), workers=workers) as stack:
            yield stack


@contextmanager
def server(command: Sequence[str], port: int, log: Path, *, host: str = "127.0.0.1") -> Iterator[None]:
    """A program that listens on a port, ended with the block."""
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
        try:
            deadline = time.monotonic() + PATIENCE_S
            while not listens(host, port):
                assert process.poll() is None, log.read_text("utf-8", "replace")
                assert time.monotonic() < deadline, log.read_text("utf-8", "replace")
                time.sleep(0.05)
            yield
        finally:
            process.terminate()
            process.wait(30)


def listens(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0


def program(name: str) -> str:
    """A Debian package's program; `tests/services/install.sh` brings it."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    assert found is not None, f"{name} is missing: run tests/services/install.sh"
    return found

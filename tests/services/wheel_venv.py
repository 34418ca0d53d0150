"""A virtual environment that only one test needs, made once and kept inside the project's own."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


def python_with(name: str, packages: Sequence[str], *, without_their_needs: Sequence[str] = ()) -> Path | None:
    """The interpreter of an environment with these packages, or None where they cannot be installed.

    Args:
        name: of the environment.
        packages: installed with all they need.
        without_their_needs: installed alone: only the data in them is used.
    """
    folder = Path(sys.prefix) / "of-tests" / name
    python, done = folder / "bin" / "python", folder / ".installed"
    wanted = " ".join((*packages, *without_their_needs))
    if done.is_file() and done.read_text("utf-8") == wanted:
        return python
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(exist_ok=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    for needs, names in (((), packages), (("--no-deps",), without_their_needs)):
        if names and not _install(python, (*needs, *names)):
            return None
    done.write_text(wanted, "utf-8")
    return python


def _install(python: Path, arguments: Sequence[str]) -> bool:
    for installer in (
        ["uv", "pip", "install", "-q", "--python", str(python)],
        [sys.executable, "-m", "uv", "pip", "install", "-q", "--python", str(python)],
        [sys.executable, "-m", "pip", "--python", str(python), "install", "-q"],
        ["pip3", "--python", str(python), "install", "-q"],
    ):
        try:
            if subprocess.run([*installer, *arguments], check=False, timeout=300, capture_output=True).returncode == 0:
                return True
        except (FileNotFoundError, subprocess.TimeoutExpired):
            continue
    return False

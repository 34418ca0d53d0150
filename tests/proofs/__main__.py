"""`python -m tests.proofs [AC1 ...]` writes reports/proofs.json; exit code 1 when a criterion is not shown."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.proofs.criteria import CRITERIA, Criterion

ROOT = Path(__file__).resolve().parents[2]
LOG = ROOT / "reports" / "proofs.json"


def proved(criterion: Criterion) -> dict[str, Any]:
    """Runs its tests; a test that was skipped, or that ran no time at all, shows nothing.

    What a test tells by `record_property` (a trace's id, a download's hash) stands beside it as `seen`.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "junit.xml"
        nodes = [f"tests/{test}" for test in criterion.tests]
        command = [sys.executable, "-m", "pytest", "-q", "-n0", "-o", "junit_family=xunit1", "--junit-xml", str(report)]
        done = subprocess.run([*command, *nodes], cwd=ROOT, capture_output=True, text=True, check=False)
        cases = list(ElementTree.parse(report).iter("testcase")) if report.is_file() else []
    tests = [
        {
            "test": f"{case.get('file')}::{case.get('name')}",
            "outcome": next((child.tag for child in case if child.tag in ("failure", "error", "skipped")), "passed"),
            "seconds": round(float(case.get("time", "0")), 2),
            "seen": {str(one.get("name")): str(one.get("value")) for one in case.iter("property")},
        }
        for case in cases
    ]
    is_shown = done.returncode == 0 and bool(tests) and all(test["outcome"] == "passed" for test in tests)
    return {
        "criterion": criterion.name, "asks": criterion.asks, "shown": is_shown, "limits": criterion.limits,
        "tests": tests,
    }  # fmt: skip


def main(names: Sequence[str]) -> int:
    """Writes the log and says each criterion in a line."""
    wanted = [criterion for criterion in CRITERIA if not names or criterion.name in names]
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    found = []
    for criterion in wanted:
        found.append(proved(criterion))
        shown = "shown" if found[-1]["shown"] else "NOT SHOWN"
        sys.stdout.write(f"{criterion.name:5} {shown:9} {len(found[-1]['tests'])} tests  {criterion.asks}\n")
        sys.stdout.flush()
    log = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"), "commit": commit.stdout.strip() or None,
        "python": sys.version.split()[0], "criteria": found,
    }  # fmt: skip
    LOG.parent.mkdir(exist_ok=True)
    LOG.write_text(json.dumps(log, indent=2) + "\n", "utf-8")
    return int(not wanted or not all(each["shown"] for each in found))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""The allow-list of unused names holds what is needed and no more."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = Path(__file__).with_name("unused_allowed.py")


@pytest.mark.slow
def test_every_allowed_name_is_one_that_would_be_found() -> None:
    packages = ["sgd_resources", "sgd_assets", "sgd_api", "tools"]
    told = subprocess.run(
        [sys.executable, "-m", "vulture", *packages], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    found = set(re.findall(r"unused \w+ '(\w+)'", told))
    allowed = re.findall(r"^_\.(\w+)", ALLOWED.read_text("utf-8"), re.MULTILINE)
    assert sorted(set(allowed) - found) == []
    assert len(allowed) == len(set(allowed))

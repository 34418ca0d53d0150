"""Every event that the code tells is one that an operator can look up, and the other way round."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("sgd_resources", "sgd_assets", "sgd_api")
_TOLD = re.compile(r'\b(?:tell|told|warn|alarm)\(\s*"([a-z_]+\.[a-z_]+)"')


def test_the_table_of_events_is_what_the_code_tells() -> None:
    sources = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    told = {name for path in sources for name in _TOLD.findall(path.read_text("utf-8"))}
    page = (ROOT / "docs" / "runs.md").read_text("utf-8")
    table = page[page.index("| event |") :]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`([a-z_.]+)`", row)} == told

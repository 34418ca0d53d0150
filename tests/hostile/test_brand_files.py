"""Real brand files beside the repository: every one is let in, and cleaning loses no text, colour or font of it."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from sgd_assets.evidence.build import build_gate
from sgd_assets.evidence.gate import EvidenceGate
from sgd_resources.parsers.select import build_parser
from sgd_resources.ports import ParseRequest
from sgd_resources.settings import Settings
from tests.hostile.hostile_set import SHARED

FILES = sorted(path for path in (SHARED / "brands" / "dev").glob("*/evidence/**/*") if path.is_file())
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FILES, reason="the evaluation brands are not beside the repository (SGD_SHARED names them)"),
]


@pytest.fixture(scope="module")
def gate() -> Iterator[EvidenceGate]:
    with build_gate(Settings(), processes=1) as built:
        yield built


def test_every_real_brand_file_is_let_in(gate: EvidenceGate) -> None:
    refused = [path.name for path in FILES if not gate.inspect(path, file_name=path.name).is_accepted]
    assert refused == []


@pytest.mark.parametrize("suffix", [".svg", ".html"])
def test_cleaning_loses_no_fact(gate: EvidenceGate, suffix: str) -> None:
    for path in (path for path in FILES if path.suffix == suffix):
        found = gate.inspect(path, file_name=path.name)
        assert found.clean_bytes is not None
        assert found.detected_type is not None
        told = [_facts(data, found.detected_type, path) for data in (path.read_bytes(), found.clean_bytes)]
        assert told[0] == told[1], path.name


def _facts(data: bytes, media_type: str, path: Path) -> tuple[set[str], set[str], set[str]]:
    request = ParseRequest(hashlib.sha256(data).hexdigest(), media_type, data, path.suffix)
    document = build_parser(Settings()).parse(request)
    return (
        {block.text for block in document.text_blocks},
        {str(colour.hex) for colour in document.colours},
        {str(font.name) for font in document.fonts},
    )

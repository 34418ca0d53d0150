"""Real files that the project does not carry: no crash, and the same document each time."""

import os
from pathlib import Path

import pytest

from sgd_resources.errors import RejectedEvidence
from tests.sgd_resources.parsers.parsing import parse

SHARED = Path(os.environ.get("SGD_SHARED") or Path(__file__).resolve().parents[4] / "shared")
OOXML = "application/vnd.openxmlformats-officedocument"
TYPES = {
    ".pdf": "application/pdf",
    ".svg": "image/svg+xml",
    ".md": "text/markdown",
    ".html": "text/html",
    ".css": "text/css",
    ".docx": f"{OOXML}.wordprocessingml.document",
    ".pptx": f"{OOXML}.presentationml.presentation",
    ".gif": "image/gif",
    ".tif": "image/tiff",
    ".webp": "image/webp",
}


@pytest.mark.slow
def test_benign_files_are_read_or_rejected_with_a_reason() -> None:
    folder = SHARED / "hostile" / "benign"
    if not folder.is_dir():
        pytest.skip(reason="the shared benign files are not on this machine")
    read = 0
    for path in sorted(folder.iterdir()):
        if path.suffix not in TYPES or path.stat().st_size > 40_000:
            continue
        data = path.read_bytes()
        try:
            document = parse(data, TYPES[path.suffix], path.suffix)
        except RejectedEvidence:
            continue
        read += 1
        assert document.model_dump_json() == parse(data, TYPES[path.suffix], path.suffix).model_dump_json()
    assert read > 10

"""The real brands beside the repository (never in it): where they are, how their evidence is read, how canons are
scored.

`python -m tests.brands.dev_set OUT_DIR [BRAND ...]` derives canons into OUT_DIR and scores them.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from sgd_assets.canon.derive import derive_canon
from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import ParsedDocument
from sgd_resources.parsers.select import LocalParser
from sgd_resources.ports import ParseRequest

_ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("SGD_SHARED", _ROOT.parent / "shared"))
DEV = SHARED / "brands" / "dev"
SCORER = SHARED / "brands" / "score_canon.py"

MEDIA_TYPES = {
    ".md": "text/markdown",
    ".mdx": "text/markdown",
    ".rst": "text/plain",
    ".html": "text/html",
    ".css": "text/css",
    ".scss": "text/x-scss",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".pdf": "application/pdf",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".json": "application/json",
    ".txt": "text/plain",
    ".adoc": "text/plain",
    ".asciidoc": "text/plain",
    ".tex": "text/x-tex",
    ".sty": "text/x-tex",
    ".cls": "text/x-tex",
    **dict.fromkeys((".yml", ".yaml", ".toml", ".gpl", ".py", ".r", ".js", ".mjs", ".ts"), "text/plain"),
    **dict.fromkeys((".sass", ".less"), "text/css"),
    **dict.fromkeys((".htm", ".njk"), "text/html"),
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
"""Detected types of what the set holds; the product detects them from content."""


def brands() -> list[Path]:
    """Folders of the dev brands, by name; empty where the set is not there."""
    return sorted(path for path in DEV.iterdir() if (path / "truth.json").is_file()) if DEV.is_dir() else []


def read_evidence(brand: Path) -> Iterator[tuple[str, ParsedDocument]]:
    """(file name, parsed document) of each readable file of a brand, by name."""
    parser = LocalParser()
    folder = brand / "evidence"
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        data = path.read_bytes()
        media_type = MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream")
        request = ParseRequest(hashlib.sha256(data).hexdigest(), media_type, data, path.suffix)
        try:
            yield path.relative_to(folder).as_posix(), parser.parse(request)
        except RejectedEvidence:
            continue


def score(predictions: Path, truths: Path = DEV) -> str:
    """The scorer's table for a folder of `<brand>.json`, over the brands of `truths`."""
    command = [
        sys.executable,
        str(SCORER),
        "--truth",
        str(truths),
        "--pred",
        str(predictions),
        "--json",
        str(predictions / "scores.out"),
    ]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main() -> None:
    """Derive and score."""
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for brand in brands():
        if sys.argv[2:] and brand.name not in sys.argv[2:]:
            continue
        canon = derive_canon(read_evidence(brand))
        (out / f"{brand.name}.json").write_text(json.dumps(canon.model_dump(mode="json"), indent=1, ensure_ascii=False))
    sys.stdout.write(score(out))


if __name__ == "__main__":
    main()

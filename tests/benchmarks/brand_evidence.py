"""The evidence that parsing is measured on: the dev brands beside the repository, else the sample kits."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from sgd_assets.canon.derive import derive_canon
from sgd_resources.contracts import ROOT
from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import ParsedDocument
from sgd_resources.parsers.pixels import ocr
from sgd_resources.parsers.select import LocalParser
from sgd_resources.ports import ParseRequest
from sgd_resources.sandbox.parser import ParserOfChildren
from sgd_resources.side_by_side import side_by_side
from tests.brands import dev_set

KITS = ROOT / "sgd_api" / "samples" / "kits"


@dataclass(frozen=True)
class Brand:
    """One brand's files: (name, bytes, media type)."""

    name: str
    files: tuple[tuple[str, bytes, str], ...]

    @property
    def pdfs(self) -> list[bytes]:
        """Its PDFs."""
        return [data for _, data, media_type in self.files if media_type == "application/pdf"]

    def only_pdfs(self) -> "Brand":
        """The same brand with nothing but its PDFs."""
        return Brand(self.name, tuple(file for file in self.files if file[2] == "application/pdf"))


def brands() -> list[Brand]:
    """The dev brands, else the sample kits."""
    folders = dev_set.brands() or sorted(path for path in KITS.iterdir() if path.is_dir())
    return [Brand(folder.name, tuple(_files(folder / "evidence"))) for folder in folders]


def parse_and_derive(brand: Brand) -> int:
    """How many pages the brand's files have; a file without pages counts as one."""
    documents = list(documents_of(brand))
    derive_canon(documents)
    return sum(max(1, len(document.pages)) for _, document in documents)


def documents_of(brand: Brand) -> Iterator[tuple[str, ParsedDocument]]:
    """(name, document) of each file that can be read."""
    parser = LocalParser()
    for name, request in _requests(brand):
        try:
            yield name, parser.parse(request)
        except RejectedEvidence:
            continue


def in_children(found: Sequence[Brand], parser: ParserOfChildren) -> int:
    """As `parse_and_derive` of all brands, read by confined children at the same time, as the product does."""

    def read(request: ParseRequest) -> ParsedDocument | None:
        try:
            return parser.parse(request)
        except RejectedEvidence:
            return None

    requests = [(brand, name, request) for brand in found for name, request in _requests(brand)]
    documents = side_by_side(read, [request for _, _, request in requests], at_once=parser.at_once)
    read_of: dict[str, list[tuple[str, ParsedDocument]]] = {}
    for (brand, name, _), document in zip(requests, documents, strict=True):
        if document is not None:
            read_of.setdefault(brand.name, []).append((name, document))
    for named in read_of.values():
        derive_canon(named)
    return sum(max(1, len(document.pages)) for named in read_of.values() for _, document in named)


@contextmanager
def without_ocr() -> Iterator[None]:
    """As on a machine without an engine."""
    with mock.patch.object(ocr, "is_ocr_installed", return_value=False):
        yield


def _requests(brand: Brand) -> Iterator[tuple[str, ParseRequest]]:
    for name, data, media_type in brand.files:
        yield name, ParseRequest(hashlib.sha256(data).hexdigest(), media_type, data, Path(name).suffix)


def _files(folder: Path) -> Iterator[tuple[str, bytes, str]]:
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        media_type = dev_set.MEDIA_TYPES.get(path.suffix.lower())
        if media_type is not None:
            yield path.relative_to(folder).as_posix(), path.read_bytes(), media_type

"""Evidence folder -> canon, in this process: the gate, the parsers and the derivation, without any service.

The same functions as the asset graph, so that a folder and an org with the same bytes have the same canon.
Contract: `stored_canon`.
"""

from dataclasses import dataclass
from pathlib import Path

from sgd_api.folder import files_below
from sgd_assets.canon.derive import derive_canon
from sgd_assets.canon.model import Canon
from sgd_assets.evidence.build import build_gate
from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import ParsedDocument
from sgd_resources.parsers.select import build_parser
from sgd_resources.ports import ParseRequest
from sgd_resources.settings import Settings

_GENERIC_FOLDERS = ("evidence", "brand", "files", "assets", "src", "docs")


@dataclass(frozen=True)
class Refusal:
    """A file that the gate or a parser refused, and why."""

    file_name: str
    verdict: str
    reason: str


@dataclass(frozen=True)
class CleanFile:
    """A file as the canon cites it."""

    evidence_sha256: str
    file_name: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class FolderCanon:
    """A folder's canon, the files it was read from, and those that could not be part of it."""

    canon: Canon
    refused: tuple[Refusal, ...]
    files: tuple[CleanFile, ...] = ()

    def refused_json(self) -> list[dict[str, str]]:
        """JSON form of the refusals."""
        return [vars(refusal) for refusal in self.refused]


def title_of(folder: Path) -> str:
    """A folder's name as a title, or its parent's where its own says nothing."""
    path = folder.resolve()
    name = path.parent.name if path.name.casefold() in _GENERIC_FOLDERS and path.parent.name else path.name
    return as_title(name)


def as_title(name: str) -> str:
    """A folder's or an org's name with a capital and spaces."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def derive_folder(folder: Path, settings: Settings) -> FolderCanon:
    """The canon of all files below `folder`.

    Raises:
        InvalidInput: the folder is missing or empty.
    """
    documents: list[tuple[str, ParsedDocument]] = []
    refused: list[Refusal] = []
    files: list[CleanFile] = []
    parser = build_parser(settings)
    with build_gate(settings) as gate:
        for file in files_below(folder):
            inspection = gate.inspect(file.path, file_name=file.name, declared_type=None)
            if inspection.clean_bytes is None or inspection.evidence_sha256 is None:
                refused.append(Refusal(file.name, inspection.verdict, inspection.reason or inspection.verdict))
                continue
            assert inspection.detected_type is not None
            request = ParseRequest(
                inspection.evidence_sha256, inspection.detected_type, inspection.clean_bytes, Path(file.name).suffix
            )
            try:
                documents.append((file.name, parser.parse(request)))
                files.append(CleanFile(request.sha256, file.name, request.media_type, request.data))
            except RejectedEvidence as error:
                refused.append(Refusal(file.name, error.verdict, error.reason))
    return FolderCanon(derive_canon(documents), tuple(refused), tuple(files))

"""Evidence folder -> canon, on this machine alone: the gate, the parsers and the derivation, without any service.

The same functions as the asset graph, so that a folder and an org with the same bytes have the same canon.
Contract: `stored_canon`.
"""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sgd_api.cli.folders.read import FolderFile, contents_below
from sgd_assets.canon.cited import name_sources
from sgd_assets.canon.model import Canon
from sgd_assets.evidence.build import build_gate
from sgd_assets.evidence.gate import EvidenceGate
from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import ParsedDocument
from sgd_resources.ports import DocumentParser, ParseRequest
from sgd_resources.sandbox.fork_server import ForkServer
from sgd_resources.sandbox.parser import PRELOAD, build_sandboxed_parser
from sgd_resources.settings import Settings
from sgd_resources.shown.name import shown_name
from sgd_resources.shown.reason import words_of
from sgd_resources.side_by_side import side_by_side

_GENERIC_FOLDERS = ("evidence", "brand", "files", "assets", "src", "docs")


@dataclass(frozen=True)
class Refusal:
    """A file that the gate or a parser refused, and why."""

    file_name: str
    verdict: str
    reason: str
    message: str | None = None
    """The reason in words, where the code alone does not say it all."""

    def told(self) -> str:
        """Code and words."""
        return ": ".join(filter(None, (self.reason, self.message)))


@dataclass(frozen=True)
class CleanFile:
    """A file as the canon cites it."""

    evidence_sha256: str
    file_name: str
    media_type: str
    data: bytes
    source_sha256: str | None = None
    """Of the file as it lies in the folder."""


@dataclass(frozen=True)
class FolderCanon:
    """A folder's canon, the files it was read from, and those that could not be part of it."""

    canon: Canon
    refused: tuple[Refusal, ...]
    files: tuple[CleanFile, ...] = ()
    documents: tuple[tuple[str, ParsedDocument], ...] = ()
    """What was read of each file, by its name."""

    def reading_notes(self) -> tuple[str, ...]:
        """One line per file of which the canon knows not all, ordered by file name, as `sgd canon show` has them."""
        notes = sorted((name, note) for name, document in self.documents for note in document.warnings)
        return tuple(f"{shown_name(name)}: {note}" for name, note in notes)

    def refused_json(self) -> list[dict[str, str]]:
        """JSON form of the refusals."""
        return [{name: value for name, value in vars(one).items() if value is not None} for one in self.refused]


def title_of(folder: Path) -> str:
    """A folder's name as a title, or its parent's where its own says nothing."""
    path = folder.resolve()
    name = path.parent.name if path.name.casefold() in _GENERIC_FOLDERS and path.parent.name else path.name
    return as_title(name)


def as_title(name: str) -> str:
    """A folder's or an org's name with a capital and spaces."""
    words = shown_name(name).replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def derive_folder(folder: Path, settings: Settings) -> FolderCanon:
    """The canon of all files below `folder`.

    Raises:
        InvalidInput: the folder is missing or empty.
    """
    inside = contents_below(folder)
    documents: list[tuple[str, ParsedDocument]] = []
    refused = [Refusal(one.file, "reject", one.reason) for one in inside.left_out]
    files: list[CleanFile] = []
    with (
        ForkServer(PRELOAD) as server,
        build_gate(settings, server=server) as gate,
        closing(build_sandboxed_parser(settings, server=server)) as parser,
    ):
        from sgd_assets.canon.derive import derive_canon  # loaded while the fork server loads what reads files

        def read(file: FolderFile) -> Refusal | tuple[CleanFile, ParsedDocument]:
            return _read(file, gate, parser)

        for found in side_by_side(read, inside.files, at_once=gate.at_once):
            if isinstance(found, Refusal):
                refused.append(found)
                continue
            file, document = found
            files.append(file)
            documents.append((file.file_name, document))
    canon = name_sources(derive_canon(documents), {file.evidence_sha256: file.source_sha256 for file in files})
    return FolderCanon(canon, tuple(refused), tuple(files), tuple(documents))


def _read(file: FolderFile, gate: EvidenceGate, parser: DocumentParser) -> Refusal | tuple[CleanFile, ParsedDocument]:
    """One file through the gate and its parser."""
    inspection = gate.inspect(file.path, file_name=file.name, declared_type=None)
    if inspection.clean_bytes is None or inspection.evidence_sha256 is None:
        reason = inspection.reason or inspection.verdict
        return Refusal(file.name, inspection.verdict, reason, words_of(reason, inspection.details) or None)
    assert inspection.detected_type is not None
    clean = CleanFile(
        inspection.evidence_sha256,
        file.name,
        inspection.detected_type,
        inspection.clean_bytes,
        inspection.source_sha256,
    )
    try:
        request = ParseRequest(clean.evidence_sha256, clean.media_type, clean.data, Path(file.name).suffix)
        return clean, parser.parse(request)
    except RejectedEvidence as error:
        return Refusal(file.name, error.verdict, error.reason, words_of(error.reason, error.details) or None)

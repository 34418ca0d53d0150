"""The parsed documents of one org. Contract: `documents_manifest`."""

from datetime import datetime

from pydantic import Field

from sgd_assets.documents.settled.model import Undrawn
from sgd_resources.parsed_document import Shape


class DocumentEntry(Shape):
    """One parsed file: where its ParsedDocument is stored, and its counts."""

    evidence_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    source_sha256: str | None = Field(default=None, description="of the bytes as uploaded")
    file_name: str
    media_type: str
    evidence_key: str
    document_key: str = Field(description="object key of the ParsedDocument JSON")
    parser: str
    parser_version: str
    pages: int = Field(ge=0)
    text_blocks: int = Field(ge=0)
    colours: int = Field(ge=0)
    fonts: int = Field(ge=0)
    images: int = Field(ge=0)
    warnings: tuple[str, ...] = ()


class DocumentFailure(Shape):
    """A file of evidence that no parser could read; the rest of the org goes on."""

    evidence_sha256: str
    file_name: str
    reason: str
    message: str = Field(default="", description="what the reader said of it, for a person")
    is_remembered: bool = Field(default=False, description="refused by an earlier run; not read again")


class DocumentsManifest(Shape):
    """Value of the asset `parsed_documents` for one org, ordered by (file_name, evidence_sha256)."""

    org_id: str
    documents: tuple[DocumentEntry, ...] = ()
    failures: tuple[DocumentFailure, ...] = ()
    undrawn: tuple[Undrawn, ...] = Field(
        default=(), description="logos and fonts that no render uses: too costly or damaged"
    )
    partly_shown: tuple[Undrawn, ...] = Field(
        default=(), description="guides of which not every picture was looked at, so that renders are not offered all"
    )
    retry_at: datetime | None = Field(
        default=None, description="when a file is to be read again that another parser stands in for"
    )
    parsed_now: int = Field(
        default=0, ge=0, description="documents really parsed by the run that wrote this; the rest were stored"
    )

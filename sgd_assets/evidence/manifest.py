"""The evidence of one org: every file that passed the gate. Contract: `evidence_manifest`."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from sgd_resources.parsed_document import Shape


class Av(Shape):
    """Who looked for malware in a file, and what came of it."""

    engine: str | None = Field(default=None, description="the engines that looked, with their versions")
    rules: str | None = Field(default=None, description="the embedded engine's rules")
    verdict: str = Field(
        default="not_scanned", description="clean | not_scanned; suspicious when an operator let it in"
    )


def _of_a_bare_verdict(value: Any) -> Any:
    """Manifests stored by earlier versions hold the verdict alone."""
    return {"verdict": value} if isinstance(value, str) else value


class EvidenceItem(Shape):
    """One clean file. The same bytes appear once; `file_names` lists every name they were uploaded under."""

    evidence_sha256: str = Field(
        pattern=r"^[0-9a-f]{64}$", description="of the clean bytes, which all citations refer to"
    )
    source_sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="of the bytes as uploaded")
    file_name: str = Field(description="user's name for the file: data for display and hints, never a path")
    media_type: str = Field(description="detected from the content")
    size_bytes: int = Field(ge=0)
    key: str = Field(description="object key of the clean bytes")
    av: Annotated[Av, BeforeValidator(_of_a_bare_verdict, json_schema_input_type=Av | str)] = Field(
        default=Av(), description="who looked for malware, and what came of it"
    )


class EvidenceManifest(Shape):
    """Value of the asset `brand_evidence` for one org, ordered by (file_name, evidence_sha256)."""

    org_id: str
    items: tuple[EvidenceItem, ...] = ()
    promoted: int = Field(default=0, ge=0, description="files promoted by the run that wrote this")
    quarantined: int = Field(
        default=0, ge=0, description="files that stay in quarantine, with the reason on the upload's row"
    )

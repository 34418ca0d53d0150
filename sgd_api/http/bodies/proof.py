"""The HTTP bodies of lists and of proof: renders, evidence, audit, lineage, verdicts. Contracts of the same names.

What must not live here: the agreed request and response bodies (`schemas.py`).
"""

from typing import Any, Literal

from pydantic import Field

from sgd_api.http.bodies.base import Body, Sha256, Timestamp
from sgd_api.http.bodies.schemas import RequestStatus

_NEXT = "pass as `cursor` for the next page; absent on the last"


class RenderLine(Body):
    """One render in a list."""

    render_id: str
    status: RequestStatus
    status_url: str
    project_id: str | None = None
    pictures: int = Field(ge=0)
    canon_version: str | None = Field(default=None, description="absent until it was made")
    is_stale: bool = Field(description="made under a canon that is not the current one, and not made again since")
    replaced_by: str | None = Field(default=None, description="the latest render that was made again in its place")
    model_route: str | None = None
    error_code: str | None = Field(default=None, description="of one that failed")
    created_at: Timestamp | None = None
    finished_at: Timestamp | None = None


class RenderPage(Body):
    """One page of `GET /renders`, newest first."""

    renders: tuple[RenderLine, ...]
    next_cursor: str | None = Field(default=None, description=_NEXT)


class EvidenceFile(Body):
    """One clean file of the org."""

    evidence_sha256: Sha256
    source_sha256: Sha256
    key: str = Field(description="object key; of a picture, what `references` of a render may name")
    file_name: str
    kind: Literal["picture", "drawing", "font", "document", "page", "style", "other"]
    media_type: str
    size_bytes: int = Field(ge=0)
    is_reference: bool = Field(description="whether a render may name it as a reference")
    created_at: Timestamp | None = None


class EvidencePage(Body):
    """One page of `GET /evidence`, by sha256."""

    evidence: tuple[EvidenceFile, ...]
    next_cursor: str | None = Field(default=None, description=_NEXT)


class AuditEntry(Body):
    """One row of the audit log, which only grows."""

    id: int
    at: Timestamp
    actor: str = Field(description="`key:` and an id, `operator`, or the part of the service that did it")
    action: str
    subject: str
    details: dict[str, Any] = Field(default_factory=dict)


class AuditPage(Body):
    """One page of `GET /audit`, newest first."""

    entries: tuple[AuditEntry, ...]
    next_cursor: str | None = Field(default=None, description=_NEXT)


class UsedFact(Body):
    """A fact of the canon that a render stands on, as one file of evidence states it."""

    id: str
    kind: str
    value: str
    page: int | None = Field(default=None, ge=1)
    selector: str | None = None
    quote: str


class UsedEvidence(Body):
    """One file behind a render: what it gave, and the uploads that brought it."""

    evidence_sha256: Sha256
    roles: tuple[str, ...] = Field(description="of: fact, logo, font, picture, reference")
    file_name: str | None = None
    media_type: str | None = None
    source_sha256: Sha256 | None = None
    is_removed: bool = Field(description="taken back since")
    uploads: tuple[str, ...] = ()
    facts: tuple[UsedFact, ...] = ()


class LineagePicture(Body):
    """One picture of a render."""

    index: int = Field(ge=0)
    key: str
    sha256: Sha256
    unsigned_sha256: Sha256 | None = Field(default=None, description="before its C2PA manifest was put in")
    plan_sha256: Sha256
    generated_sha256: Sha256 | None = Field(default=None, description="of the generated picture that it shows")


class Lineage(Body):
    """Answer of `GET /renders/{id}/lineage`: from the render to what was uploaded."""

    render_id: str
    project_id: str | None = None
    dagster_run_id: str | None = None
    pictures: tuple[LineagePicture, ...]
    canon_version: str
    is_stale: bool
    replaced_by: str | None = Field(default=None, description="the latest render that was made again in its place")
    evidence: tuple[UsedEvidence, ...]
    next_cursor: str | None = Field(default=None, description=_NEXT)


class EvidenceRender(Body):
    """A render that a file of evidence has a part in."""

    render_id: str
    status_url: str
    roles: tuple[str, ...]
    canon_version: str
    created_at: Timestamp | None = None


class EvidenceRenders(Body):
    """One page of `GET /evidence/{sha256}/renders`, newest first."""

    evidence_sha256: Sha256
    renders: tuple[EvidenceRender, ...]
    next_cursor: str | None = Field(default=None, description=_NEXT)


class Verification(Body):
    """Answer of `GET` and `POST /assets/verify`."""

    verdict: Literal["untouched", "altered", "saved_anew", "ours_elsewhere", "not_ours", "unsigned", "unreadable"]
    message: str
    sha256: Sha256 = Field(description="of the file that was looked at")
    render_id: str | None = None
    index: int | None = Field(default=None, ge=0)
    key: str | None = None
    canon_version: str | None = None
    signature: str | None = Field(default=None, description="Trusted, Valid or Invalid, as the C2PA library says it")
    signer: str | None = None
    signed_at: Timestamp | None = Field(default=None, description="by a timestamp authority, where one was asked")
    failures: tuple[str, ...] | None = Field(default=None, description="C2PA's codes of what does not hold")
    made_from: str | None = Field(default=None, description="a render of this org that another's manifest names")


class RerenderRequest(Body):
    """Body of `POST /renders/rerender`: which renders are made again under the current canon."""

    project_id: str
    render_ids: tuple[str, ...] | None = Field(default=None, max_length=200, description="absent: every stale one")


class RerenderAccepted(Body):
    """202 answer of `POST /renders/rerender`: one job with a part for each render."""

    job_id: str | None = Field(default=None, description="absent when nothing is stale")
    status_url: str | None = None
    count: int = Field(ge=0)
    render_ids: tuple[str, ...] = Field(description="of the renders that are made again")

"""What is remembered of uploads and of render requests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class PendingUpload:
    """One file in quarantine that awaits the gate."""

    upload_id: str
    key: str
    file_name: str
    declared_type: str | None
    size_bytes: int
    attempts: int = 0
    project_id: str | None = None
    source_sha256: str | None = None
    """Of the bytes as they were taken in; what lies there later must have it."""


@dataclass(frozen=True)
class EvidenceRecord:
    """One clean file as the ledger remembers it."""

    evidence_sha256: str
    source_sha256: str
    file_name: str
    media_type: str
    size_bytes: int
    key: str
    av: str


class UploadLedger(Protocol):
    """Remembers what became of each upload. Each call is one org-scoped transaction."""

    def pending(self, org_id: str) -> list[PendingUpload]:
        """Uploads that await the gate, oldest first."""
        ...

    def register_dropped(self, org_id: str, *, key: str, file_name: str, size_bytes: int) -> PendingUpload | None:
        """Make a row for a file found in quarantine without one; None when its key is known already."""
        ...

    def promote(
        self, org_id: str, upload_id: str, record: EvidenceRecord, *, verdict: str, details: Mapping[str, Any]
    ) -> None:
        """Evidence row, upload status and audit row together. Idempotent."""
        ...

    def hold(
        self,
        org_id: str,
        upload_id: str,
        *,
        verdict: str,
        reason: str,
        details: Mapping[str, Any],
        source_sha256: str | None,
        is_retryable: bool = False,
    ) -> None:
        """The upload stays in quarantine and its row says why; a retryable one stays pending."""
        ...

    def evidence(self, org_id: str) -> list[EvidenceRecord]:
        """All clean files of the org, ordered by (file_name, evidence_sha256)."""
        ...


@dataclass(frozen=True)
class HeldUpload:
    """An upload in any state, as an operator sees it."""

    upload: PendingUpload
    status: str
    verdict: str | None
    reason: str | None


class OperatorLedger(Protocol):
    """What an operator changes in the rows of uploads. Each call is one org-scoped, audited transaction."""

    def held(self, org_id: str, upload_id: str) -> HeldUpload:
        """One upload. Raises NotFound, for another org's too."""
        ...

    def release(
        self, org_id: str, upload_id: str, record: EvidenceRecord, *, actor: str, details: Mapping[str, Any]
    ) -> None:
        """The held upload becomes evidence as it is, with who said so. Idempotent. Raises NotFound."""
        ...

    def discard(self, org_id: str, upload_id: str, *, actor: str) -> None:
        """The upload is thrown away, with who said so. Idempotent. Raises NotFound."""
        ...


class RenderLedger(Protocol):
    """The rows of render requests. Each call is one org-scoped transaction.

    A run owns a request from `claim` until another run claims it: what a dead or overtaken run still writes is refused,
    so that a request ends with exactly one set of outputs.
    """

    def pending(self, org_id: str) -> list[str]:
        """Ids of requests that are not finished, oldest first."""
        ...

    def claim(self, org_id: str, render_id: str, *, run_id: str) -> Mapping[str, Any] | None:
        """The request's body, now owned by the run; None when the request is finished already. Raises NotFound."""
        ...

    def finish(
        self,
        org_id: str,
        render_id: str,
        *,
        run_id: str,
        outputs: Sequence[Mapping[str, Any]],
        audit: Mapping[str, Any],
    ) -> bool:
        """Outputs, final status, audit row and wake-up in one transaction; False when another run owns the request."""
        ...

    def fail(self, org_id: str, render_id: str, *, run_id: str, error: Mapping[str, Any]) -> bool:
        """Final status with its reason; False when another run owns the request."""
        ...

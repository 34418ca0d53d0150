"""What is remembered of uploads and of render requests."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sgd_resources.ports.evidence import AvReport


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
    av: AvReport


@dataclass(frozen=True)
class DroppedFile:
    """A file that somebody laid into quarantine by hand, and the copy that was taken of it."""

    dropped_key: str
    """Where it lies; the next file under this name takes its place."""
    state: str
    """Size and time of what was copied: while it is the same, there is nothing new to read."""
    upload_id: str
    key: str
    """Of the copy, which nobody rewrites."""
    file_name: str
    size_bytes: int
    source_sha256: str | None


@dataclass(frozen=True)
class KnownDrop:
    """What was last taken from one path."""

    upload_id: str
    state: str | None
    source_sha256: str | None


@dataclass(frozen=True)
class JudgedUpload:
    """An upload that is evidence, or was withdrawn, under rules that have changed since."""

    upload: PendingUpload
    evidence_sha256: str | None
    """Of the clean bytes that it gave; None while it is withdrawn."""
    is_released: bool
    """An operator let it in as it is, on suspicion."""


@dataclass(frozen=True)
class PurgeableEvidence:
    """Evidence that was taken back, and where the uploads that gave it lie."""

    evidence_sha256: str
    upload_keys: tuple[str, ...]


class UploadLedger(Protocol):
    """Remembers what became of each upload. Each call is one org-scoped transaction."""

    def pending(self, org_id: str) -> list[PendingUpload]:
        """Uploads that await the gate, oldest first."""
        ...

    def known_drops(self, org_id: str, keys: Sequence[str]) -> Mapping[str, KnownDrop]:
        """Of these paths, those that something was taken from, with what was taken last."""
        ...

    def register_dropped(self, org_id: str, drop: DroppedFile) -> PendingUpload | None:
        """Make a row for a file that was dropped in; None when this state of it has one already."""
        ...

    def note_drop_state(self, org_id: str, upload_id: str, state: str) -> None:
        """The file was touched, and its bytes are those of this upload still."""
        ...

    def promote(
        self,
        org_id: str,
        upload_id: str,
        record: EvidenceRecord,
        *,
        verdict: str,
        details: Mapping[str, Any],
        judged_by: str = "",
    ) -> bool:
        """Evidence row, upload status and audit row together, and what it replaces taken back. Idempotent.

        `judged_by` names the rules that let it in; without it, it is judged again. False when the upload was taken back
        meanwhile: then nothing is written.
        """
        ...

    def judged_otherwise(self, org_id: str, versions: Collection[str], *, limit: int) -> list[JudgedUpload]:
        """Evidence, and what was withdrawn, whose rules are none of `versions`; oldest first."""
        ...

    def note_judged(self, org_id: str, upload_ids: Collection[str], *, judged_by: str) -> None:
        """Today's rules change nothing about these uploads."""
        ...

    def judge_again(
        self,
        org_id: str,
        judged: JudgedUpload,
        record: EvidenceRecord,
        *,
        verdict: str,
        details: Mapping[str, Any],
        judged_by: str,
    ) -> bool:
        """The upload gives this evidence now, in the place of what it gave; audited where that is something else.

        False when it was taken back meanwhile: then nothing is written.
        """
        ...

    def withdraw(
        self,
        org_id: str,
        judged: JudgedUpload,
        *,
        verdict: str,
        reason: str,
        details: Mapping[str, Any],
        judged_by: str,
    ) -> bool:
        """Today's rules hold the upload: what only it gave is evidence no more; audited. False as above."""
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
        """All clean files of the org that were not taken back, ordered by (file_name, evidence_sha256)."""
        ...

    def purge(
        self, org_id: str, forget: Callable[[PurgeableEvidence], object], *, still_used: Collection[str] = ()
    ) -> list[str]:
        """Have `forget` delete what is stored of evidence that was taken back; returns the sha256s that are gone.

        Nothing is taken into the org meanwhile, so that what comes again is never deleted.
        """
        ...


class SweepLedger(UploadLedger, Protocol):
    """What the sweep asks of the rows besides."""

    def wanted_uploads(self, org_id: str, keys: Sequence[str]) -> set[str]:
        """Of these keys, those of uploads that were not taken back."""
        ...

    def evidence_keys(self, org_id: str, *, is_kept_only: bool = False) -> set[str]:
        """Keys of the org's clean files; also of those taken back and not deleted yet, unless `is_kept_only`."""
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

    def claim(
        self, org_id: str, render_id: str, *, run_id: str, progress: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        """The request's body, now owned by the run; None when the request is finished already. Raises NotFound."""
        ...

    def note_progress(self, org_id: str, render_id: str, *, run_id: str, progress: Mapping[str, Any]) -> bool:
        """How far the run is; False when another run owns the request. Cheap: a crash of the server may lose it."""
        ...

    def finish(
        self,
        org_id: str,
        render_id: str,
        *,
        run_id: str,
        outputs: Sequence[Mapping[str, Any]],
        audit: Mapping[str, Any],
        progress: Mapping[str, Any],
    ) -> bool:
        """Outputs, final status, audit row and wake-up in one transaction; False when another run owns the request."""
        ...

    def fail(
        self, org_id: str, render_id: str, *, run_id: str, error: Mapping[str, Any], progress: Mapping[str, Any]
    ) -> bool:
        """Final status with its reason; False when another run owns the request."""
        ...

    def stale(self, org_id: str, *, limit: int) -> list[str]:
        """Ids of finished renders that were made under a canon that is not the current one."""
        ...

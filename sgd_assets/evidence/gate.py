"""The one gate between `quarantine/` and `evidence/`, used by the graph, the API and `sgd evidence inspect` alike.

From -> To: a stranger's bytes -> an `Inspection` (verdict, reason, clean bytes). Order: cap and hash, type from
content, the embedded scanner, the virus scanner where there is one, bounds, cleaning, the virus scanner once more over
what was found inside. What must not live here: reading a format (the examiner does, in a killable child), storing (that
is `ingest`), any vendor.
"""

import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from sgd_assets.evidence.agreement import agreed_type, file_extension
from sgd_assets.evidence.policy import UploadPolicy
from sgd_resources.errors import InvalidInput, RejectedEvidence, Unavailable
from sgd_resources.ports import AvReport, Scanner, ScanResult
from sgd_resources.ports.examination import Cleaning, Examiner

Verdict = Literal["accept", "reject", "quarantine"]
_READ_BYTES = 1 << 20  # read a step at a time, so that the cap is met before the file is held


@dataclass(frozen=True)
class Inspection:
    """The gate's word on one file. `clean_bytes` is set only when the verdict is 'accept'."""

    verdict: Verdict
    reason: str
    """'' for bytes that pass unchanged, else what was done or what is wrong."""
    detected_type: str | None
    av: AvReport
    details: Mapping[str, Any] = field(default_factory=dict)
    source_sha256: str | None = None
    evidence_sha256: str | None = None
    clean_bytes: bytes | None = field(default=None, repr=False)
    size_bytes: int = 0
    is_retryable: bool = False
    """Nothing is known against the file: a part of the gate was down, so ask again later."""

    @property
    def is_accepted(self) -> bool:
        """Whether the clean bytes may become evidence."""
        return self.verdict == "accept"


class EvidenceGate:
    """Judges and cleans files. Never raises for what a file holds; holds no state between files."""

    def __init__(
        self,
        *,
        examiner: Examiner,
        scanner: Scanner | None,
        policy: UploadPolicy,
        is_production: bool = False,
        at_once: int = 1,
        version_of_type: Callable[[str], str] = lambda media_type: "",
    ) -> None:
        """Raises InvalidInput in production without a scanner: the gate does not open half-guarded.

        Args:
            examiner: opens the files.
            scanner: looks for viruses beside the embedded rules; None in development only.
            policy: what may come in.
            is_production: whether a scanner must be there.
            at_once: files that are worth bringing at the same time.
            version_of_type: names the rules that judge a media type.
        """
        if is_production and scanner is None:
            raise InvalidInput("production needs a virus scanner: set CLAMAV_HOST, or run in development")
        self._examiner = examiner
        self._scanner = scanner
        self._policy = policy
        self.at_once = at_once
        self._version_of_type = version_of_type

    def judged_by(self, file_name: str) -> str:
        """Version of the rules that judge a file of this name; its extension says which."""
        allowed = self._policy.by_extension.get(file_extension(file_name))
        return self._version_of_type(allowed.media_type if allowed else "")

    @property
    def judging_versions(self) -> frozenset[str]:
        """Versions of all rules of today: what was judged by another one may be judged otherwise now."""
        return frozenset(self._version_of_type(name) for name in ("", *(one.media_type for one in self._policy.types)))

    @property
    def max_file_bytes(self) -> int:
        """The one cap on a file: readers in front of the gate need no more than one byte beyond it."""
        return self._policy.max_file_bytes

    def close(self) -> None:
        """End the children that open files. Safe to call twice."""
        self._examiner.close()

    def __enter__(self) -> "EvidenceGate":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def inspect(self, source: Path | bytes, *, file_name: str, declared_type: str | None = None) -> Inspection:
        """The verdict on one file. Deterministic; the same bytes and name give the same clean bytes.

        Args:
            source: the bytes, or a local file that holds them (read up to the cap).
            file_name: the uploader's name for it, used for its extension only.
            declared_type: the uploader's Content-Type, which may only agree or contradict.
        """
        facts = _Facts()
        try:
            data = self._bounded_bytes(source, facts)
            return self._inspect_bytes(data, facts, file_name=file_name, declared_type=declared_type)
        except RejectedEvidence as refusal:
            verdict: Verdict = "quarantine" if refusal.verdict == "quarantine" else "reject"
            return facts.inspection(verdict, refusal.reason, details=refusal.details)
        except Unavailable as outage:
            return facts.inspection(
                "quarantine", "unavailable", details={"message": outage.message, **outage.details}, is_retryable=True
            )

    def _inspect_bytes(self, data: bytes, facts: "_Facts", *, file_name: str, declared_type: str | None) -> Inspection:
        detection = self._examiner.detect(data)
        facts.detected_type = detection.media_type
        media_type = agreed_type(detection, file_name=file_name, declared_type=declared_type, policy=self._policy)
        facts.detected_type = media_type
        self._scan_inside(data, media_type, facts)
        self._scan(data, facts, where="file")
        cleaning = self._cleaned(data, media_type, facts)
        evidence_sha256 = hashlib.sha256(cleaning.data).hexdigest()
        return facts.inspection(
            "accept", cleaning.how, details=cleaning.details, evidence_sha256=evidence_sha256, clean=cleaning.data
        )

    def _cleaned(self, data: bytes, media_type: str, facts: "_Facts") -> Cleaning:
        """Scan also what lies inside, whatever the cleaner says of it: a hit outranks any other reason."""
        wants_parts = self._scanner is not None
        cleaning = self._examiner.clean(data, media_type, wants_parts=wants_parts)
        for part in cleaning.parts:
            self._scan(part.data, facts, where=part.name)
        refusal = cleaning.details.get("refusal")
        if refusal is not None:
            details = {key: value for key, value in cleaning.details.items() if key != "refusal"}
            raise RejectedEvidence(refusal["verdict"], refusal["reason"], details=details)
        return cleaning

    def _scan_inside(self, data: bytes, media_type: str, facts: "_Facts") -> None:
        """The embedded rules see the file and all that unpacks from it; what is merely suspicious may be released."""
        found = self._examiner.scan(data, media_type)
        verdict: Literal["clean", "infected", "suspicious"] = "clean"
        if found.verdict != "clean":
            verdict = "infected" if found.verdict == "malware" else "suspicious"
        facts.av = AvReport(verdict, found.engine, found.rules)
        if verdict != "clean":
            details = {"signature": found.signature, "where": found.where, "message": found.why}
            raise RejectedEvidence(
                "quarantine", "malware" if verdict == "infected" else "active_content", details=details
            )

    def _scan(self, data: bytes, facts: "_Facts", *, where: str) -> None:
        if self._scanner is None:
            return
        if where == "file":
            facts.av = replace(facts.av, engine=" + ".join(filter(None, (facts.av.engine, self._scanner.name))))
        facts.av = replace(facts.av, verdict="unavailable")
        result: ScanResult = self._scanner.scan(io.BytesIO(data))
        facts.av = replace(facts.av, verdict=result.status)
        if result.status == "infected":
            raise RejectedEvidence(
                "quarantine", "malware", details={"signature": result.signature or "unknown", "where": where}
            )

    def _bounded_bytes(self, source: Path | bytes, facts: "_Facts") -> bytes:
        cap = self._policy.max_file_bytes
        data = source if isinstance(source, bytes) else _read_capped(source, cap)
        facts.size_bytes = len(data)
        if len(data) > cap:
            raise RejectedEvidence("reject", "too_large", details={"max_bytes": cap})
        facts.source_sha256 = hashlib.sha256(data).hexdigest()
        if not data.strip(b"\t\n\x0b\x0c\r \xef\xbb\xbf\xfe\xff"):
            raise RejectedEvidence("reject", "empty")
        return data


@dataclass
class _Facts:
    """What is known of the file so far, so that every ending of the inspection can say it."""

    detected_type: str | None = None
    av: AvReport = field(default_factory=AvReport)
    source_sha256: str | None = None
    size_bytes: int = 0

    def inspection(
        self,
        verdict: Verdict,
        reason: str,
        *,
        details: Mapping[str, Any],
        evidence_sha256: str | None = None,
        clean: bytes | None = None,
        is_retryable: bool = False,
    ) -> Inspection:
        return Inspection(
            verdict=verdict,
            reason=reason,
            detected_type=self.detected_type,
            av=self.av,
            details=dict(details),
            source_sha256=self.source_sha256,
            evidence_sha256=evidence_sha256,
            clean_bytes=clean,
            size_bytes=self.size_bytes,
            is_retryable=is_retryable,
        )


def _read_capped(path: Path, cap: int) -> bytes:
    """Up to one byte more than the cap, so that the caller sees that it was passed."""
    chunks: list[bytes] = []
    total = 0
    try:
        with path.open("rb") as stream:
            while total <= cap and (chunk := stream.read(min(_READ_BYTES, cap + 1 - total))):
                chunks.append(chunk)
                total += len(chunk)
    except OSError as error:
        raise RejectedEvidence(
            "reject", "unreadable", details={"message": error.strerror or "cannot be read"}
        ) from error
    return b"".join(chunks)

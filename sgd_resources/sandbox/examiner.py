"""The evidence gate's examiner, run in the sandbox: every look at a stranger's bytes happens in a confined child.

The parent checks what comes back before it believes it. What must not live here: the looking itself (`jobs`).
"""

import re
from dataclasses import asdict

from sgd_resources.errors import RejectedEvidence
from sgd_resources.ports.examination import Cleaning, Detection, EmbeddedPart, InnerScan, Limits
from sgd_resources.sandbox.pool import Answer, Sandbox
from sgd_resources.shown.name import shown_name

_MEDIA_TYPE = re.compile(r"[a-zA-Z0-9][\w.+-]{0,80}/[\w.+-]{1,120}")
_SCAN_VERDICTS = frozenset({"clean", "malware", "suspicious"})
_HOW = frozenset({"", "stripped", "sanitised", "reencoded", "partial", "decrypted"})


class SandboxedExaminer:
    """An `Examiner` whose work is done by children of a `Sandbox`."""

    def __init__(self, sandbox: Sandbox, limits: Limits | None = None) -> None:
        self._sandbox = sandbox
        self._limits = asdict(limits or Limits())
        self.peak_bytes = 0
        """Highest memory any child reported so far."""

    def detect(self, data: bytes) -> Detection:
        """As `Examiner.detect`."""
        answer = self._sandbox.call("sgd_resources.sandbox.jobs:detect_type", data)
        media_type = answer.result.get("media_type")
        if not isinstance(media_type, str) or not _MEDIA_TYPE.fullmatch(media_type):
            raise _nonsense()
        return Detection(
            media_type, is_text=answer.result.get("is_text") is True, note=str(answer.result.get("note", ""))[:200]
        )

    def scan(self, data: bytes, media_type: str) -> InnerScan:
        """As `Examiner.scan`."""
        arguments = {"media_type": media_type, "limits": self._limits}
        told = self._sandbox.call("sgd_resources.sandbox.jobs:scan_bytes", data, arguments).result
        words = {name: told.get(name, "") for name in ("engine", "rules", "verdict", "signature", "why", "where")}
        if not all(isinstance(word, str) for word in words.values()) or words["verdict"] not in _SCAN_VERDICTS:
            raise _nonsense()
        return InnerScan(**{name: shown_name(word)[:200] for name, word in words.items()})

    def clean(self, data: bytes, media_type: str, *, wants_parts: bool = False) -> Cleaning:
        """As `Examiner.clean`."""
        answer = self._sandbox.call(
            "sgd_resources.sandbox.jobs:clean_bytes",
            data,
            {"media_type": media_type, "limits": self._limits, "wants_parts": wants_parts},
        )
        self.peak_bytes = max(self.peak_bytes, answer.peak_bytes)
        return _checked_cleaning(data, answer)

    def close(self) -> None:
        """End the sandbox's processes."""
        self._sandbox.close()


def _checked_cleaning(data: bytes, answer: Answer) -> Cleaning:
    how, details, names = answer.result.get("how"), answer.result.get("details"), answer.result.get("parts")
    if how not in _HOW or not isinstance(details, dict) or not isinstance(names, list):
        raise _nonsense()
    if len(answer.blobs) != len(names) + 1 or not all(isinstance(name, str) for name in names):
        raise _nonsense()
    is_unchanged = answer.result.get("is_unchanged") is True
    parts = tuple(EmbeddedPart(name[:200], blob) for name, blob in zip(names, answer.blobs[1:], strict=True))
    return Cleaning(data if is_unchanged else answer.blobs[0], str(how), details, parts)


def _nonsense() -> RejectedEvidence:
    return RejectedEvidence("reject", "malformed", details={"message": "the reader returned nonsense"})

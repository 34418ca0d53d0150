"""The sandbox's jobs without its processes: the same targets, arguments and refusals, run where the test runs."""

import hashlib
import importlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sgd_resources.errors import RejectedEvidence


@dataclass(frozen=True)
class FakeAnswer:
    """Implements `ConfinedAnswer`."""

    result: dict[str, Any]
    blobs: tuple[bytes, ...]


class FakeConfinedJobs:
    """Implements `ConfinedJobs`; `refuse` names targets that answer as if their bytes had killed the child."""

    def __init__(self, *refuse: str) -> None:
        self.refuse = set(refuse)
        self.called: list[str] = []

    def close(self) -> None:
        """Nothing was opened."""

    def call(
        self, target: str, data: bytes, arguments: Mapping[str, Any] | None = None, *, cpu_s: int | None = None
    ) -> FakeAnswer:
        self.called.append(target)
        if target in self.refuse:
            raise RejectedEvidence("reject", "bomb", details={"message": "too slow to read"})
        # What a kit's logos and fonts settle to is the same in every test.
        key = (target, hashlib.sha256(data).hexdigest(), json.dumps(arguments, sort_keys=True))
        if key not in _ANSWERS:
            _ANSWERS[key] = _run(target, data, dict(arguments or {}))
        return _ANSWERS[key]


_ANSWERS: dict[tuple[str, str, str], FakeAnswer] = {}


def _run(target: str, data: bytes, arguments: dict[str, Any]) -> FakeAnswer:
    module, _, function = target.partition(":")
    try:
        result, blobs = getattr(importlib.import_module(module), function)(data, arguments)
    except RejectedEvidence:
        raise
    except (ValueError, TypeError, LookupError, OSError) as error:
        raise RejectedEvidence("reject", "malformed", details={"error": type(error).__name__}) from error
    return FakeAnswer(json.loads(json.dumps(result)), tuple(blobs))

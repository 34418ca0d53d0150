"""What a log may hold of a name that a client or a stranger chose: no personal data, no secret, nothing unseen.

Such names are of projects, files, folders, pots of money and fields; the audit log and the stream of events tell them
so that a row can be understood, while the name itself stays in the row of the thing. What must not live here: which
rows there are, or texts for models (`redaction.py`).
"""

import re
from collections.abc import Mapping
from typing import Any

from sgd_resources.llm.safety.redaction import Redaction, without_secrets
from sgd_resources.shown.name import shown_name

_OWN_ID = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f]))")
"""UUIDs and hashes: some hold digits that look like a telephone number, and each must be found again."""


def as_logged(value: Any, redaction: Redaction | None = None) -> Any:
    """A JSON value with every text and name of a field in it made fit for a log; numbers and ids stay as they are.

    Args:
        value: any JSON value.
        redaction: of what stands beside it, so that the same person gets the same placeholder.
    """
    found = redaction or Redaction()
    if isinstance(value, str):
        return "".join(
            piece if at % 2 else found.redact(without_secrets(shown_name(piece)))
            for at, piece in enumerate(_OWN_ID.split(value))
        )
    if isinstance(value, Mapping):
        return {as_logged(name, found): as_logged(inner, found) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [as_logged(inner, found) for inner in value]
    return value

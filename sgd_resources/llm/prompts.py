"""What models are told, as data: `policies/prompts/{task}.json`, checked against the contract `prompt`.

Read once per process, with a hash for the audit: which words an answer came from can be told years later. What must
not live here: the facts of one call (each stage's own), or sending.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from sgd_resources.contracts import check_input, policy_path
from sgd_resources.errors import ValidationFailed


@dataclass(frozen=True)
class Prompt:
    """One prompt file."""

    task: str
    version: int
    text: str
    """Its paragraphs, an empty line between two."""
    sha256: str
    """Of the document with sorted keys: layout of the file does not count."""
    on_invalid: Literal["reject", "local"] = "local"
    """What follows an answer that stays invalid: the request is refused, or the local route goes on and says so."""


@lru_cache(maxsize=32)
def load_prompt(task: str, *, directory: Path | None = None) -> Prompt:
    """The prompt of a task.

    Raises:
        ValidationFailed: no such file, no JSON, or it breaks its contract; the operator must mend it.
    """
    path = directory / f"{task}.json" if directory else policy_path(f"prompts/{task}.json")
    try:
        document = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ValidationFailed(f"the prompt {task} cannot be read: {error}") from error
    check_input("prompt", document)
    if document["task"] != task:
        raise ValidationFailed(f"the prompt file {path.name} is of the task {document['task']}")
    whole = json.dumps(document, sort_keys=True, ensure_ascii=False).encode()
    return Prompt(
        task=task,
        version=document["version"],
        text="\n\n".join(document["system"]),
        sha256=hashlib.sha256(whole).hexdigest(),
        on_invalid=document.get("on_invalid", "local"),
    )

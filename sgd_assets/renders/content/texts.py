"""The texts that whoever asks for a picture brings, each with its path: what the content policy looks at.

What must not live here: looking at them (`screen.py`).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from sgd_assets.renders.model import RenderPlan

Text = tuple[str, str]
"""(JSON path, text)."""
_PLAN_WORDS = ("headline", "body", "call_to_action", "date", "price", "url", "legal", "attribution", "goal")
_MARKS = re.compile(r"[^\w]+|_+")


def texts_of_request(body: Mapping[str, Any]) -> Iterator[Text]:
    """Instruction, copy, the client's plan and the names of references of a render request or an item of a batch."""
    prompts = body["prompts"]
    if prompts.get("instruction"):
        yield "$.prompts.instruction", prompts["instruction"]
    for at, reference in enumerate(prompts.get("references", ())):
        yield f"$.prompts.references[{at}]", name_as_words(reference)
    yield from _words("$.copy", body.get("copy") or {})
    yield from _words("$.plan", body.get("plan") or {})


def texts_of_plan(plan: RenderPlan) -> Iterator[Text]:
    """Every word that a plan prints, and what it is to show."""
    yield from _words("$.plan", plan.model_dump(mode="json"))
    if plan.brief is not None and plan.brief.imagery.subject:
        yield "$.plan.brief.imagery.subject", plan.brief.imagery.subject


def name_as_words(name: str) -> str:
    """The words of a file's name, an object key or an address."""
    return _MARKS.sub(" ", unquote(name)).strip()


def _words(path: str, parts: Mapping[str, Any]) -> Iterator[Text]:
    for part in _PLAN_WORDS:
        if isinstance(parts.get(part), str) and parts[part]:
            yield f"{path}.{part}", parts[part]
    extra = parts.get("extra")
    for at, line in enumerate(extra if isinstance(extra, list | tuple) else ()):
        if isinstance(line, str):
            yield f"{path}.extra[{at}]", line

"""A prompt as a job keeps it, and asked of a model by a worker.

The schema and the template are those of the asking: what an org changes later changes no job that waits. What must not
live here: any step of an analysis, or reading a request (`sgd_api/http/stored/analysis.py`).
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sgd_assets.on_demand.plain.failed_answer import keep_for_review
from sgd_assets.prompts.analyze import analyze, get_ready
from sgd_assets.prompts.answer import failed_error, told_answer
from sgd_assets.prompts.model import Ask, Example, Failed, Options
from sgd_assets.prompts.prepare import prepare
from sgd_assets.prompts.schema_guard.guard import read_schema
from sgd_resources.llm.safety.request_text import TextKept
from sgd_resources.ports import Caller, LlmGateway
from sgd_resources.postgres.engine import Database


def document_of(ask: Ask) -> dict[str, Any]:
    """The ask as JSON that a row can keep."""
    return {
        "prompt": ask.prompt,
        "format": ask.format,
        "schema": None if ask.schema is None else dict(ask.schema.document),
        "options": asdict(ask.options),
        "examples": [asdict(example) for example in ask.examples],
        "guidance": ask.guidance,
        "template_id": ask.template_id,
        "template_version": ask.template_version,
    }


def ask_of(document: Mapping[str, Any]) -> Ask:
    """The ask that a row keeps. Raises ValidationFailed: its schema is none that is taken today."""
    schema = document["schema"]
    return Ask(
        document["prompt"],
        format=document["format"],
        schema=None if schema is None else read_schema(schema),
        options=Options(**document["options"]),
        examples=tuple(Example(**example) for example in document["examples"]),
        guidance=document["guidance"],
        template_id=document["template_id"],
        template_version=document["template_version"],
    )


def analyze_job(
    database: Database,
    gateway: LlmGateway,
    org_id: str,
    job_id: str,
    document: Mapping[str, Any],
    *,
    text: TextKept = "kept",
) -> dict[str, Any]:
    """The answer, as `POST /v1/analyze` tells it; places of spans are of the prompt without blanks around it.

    Raises:
        ValidationFailed: the answer never met its schema; it waits for a person from now on.
        as `analyze` otherwise.
    """
    began = time.perf_counter()
    ready = get_ready(ask_of(document))
    # The ledger counts what is spent by request: of a job it is the job.
    who = Caller(org_id, request_id=job_id)
    found = asyncio.run(analyze(_Awaited(gateway), ready, who))
    if isinstance(found, Failed):
        review_id = keep_for_review(database, org_id, job_id, ready.ask, found, text=text)
        raise failed_error(found, review_id=review_id)
    took_ms = round((time.perf_counter() - began) * 1_000)
    return told_answer(ready, prepare(ready.ask.prompt), found, request_id=job_id, took_ms=took_ms)


class _Awaited:
    """The worker's gateway as an analysis asks it; nothing else runs in this process meanwhile."""

    def __init__(self, gateway: LlmGateway) -> None:
        self._gateway = gateway

    async def complete(
        self, task: str, messages: Sequence[Mapping[str, Any]], *, caller: Caller, **options: Any
    ) -> Any:
        """One answer."""
        return await asyncio.to_thread(self._gateway.complete, task, messages, caller=caller, **options)

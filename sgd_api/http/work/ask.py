"""Asks for a job of any kind: the parameters are held to the contract of that kind before a row is written.

What must not live here: a kind's own limits (`bodies/`, `work/asked_ids.py`), or how a worker is woken.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from sgd_api.http.bodies.batch_limits import checked_items
from sgd_api.http.bodies.prompts import AnalyzeRequest
from sgd_api.http.bodies.request_limits import check_ids, check_project_id, check_render
from sgd_api.http.bodies.schemas import CanonDeriveRequest, IngestRequest, RenderRequest
from sgd_api.http.bodies.work import JobRequest, ReplayRequest
from sgd_api.http.services import Services
from sgd_api.http.stored.analysis import read_prompt
from sgd_api.http.stored.content_check import check_batch_content, check_request_content
from sgd_api.http.work.asked_ids import check_assets, evidence_of
from sgd_api.http.work.told_urls import checked_url, webhook_for
from sgd_assets.on_demand.plain.analysis import document_of
from sgd_assets.on_demand.request import request_batch, request_job, request_plain, request_render
from sgd_resources.contracts import check_input
from sgd_resources.errors import Conflict, ValidationFailed
from sgd_resources.identity.principal import Principal
from sgd_resources.postgres.rows.jobs import Terms
from sgd_resources.postgres.rows.renders import get_request

SCOPE_OF_TYPE: Mapping[str, str] = {
    "analyze": "prompts:write", "replay": "renders:read", "render": "renders:write", "batch": "renders:write",
    "ingest": "evidence:write", "canon": "canon:write",
}  # fmt: skip
"""What a caller needs beside the scope of jobs: the scope of the kind's own address."""
MAX_METADATA_BYTES = 4_096

Params = Mapping[str, Any]


def ask_for_job(services: Services, caller: Principal, asked: JobRequest, idempotency_key: str | None) -> str:
    """Id of the job, which is queued; under a key that was used before, of the first one.

    Raises:
        ValidationFailed: the parameters break the contract of their kind, or the key was used with others.
        Forbidden: the caller may not ask for this kind.
        NotFound: the parameters name what is not the org's.
        Conflict: the first job under this key still runs, a named file is still written, a render to be replayed has
            not succeeded, or the webhook is disabled.
        RateLimited: the org has as many jobs open as it may.
        Unavailable: nothing was written. Retry.
    """
    caller.needs(SCOPE_OF_TYPE[asked.job_type])
    if len(json.dumps(asked.metadata, ensure_ascii=False).encode()) > MAX_METADATA_BYTES:
        raise _fault("$.metadata", f"at most {MAX_METADATA_BYTES} bytes of JSON")
    terms = Terms(
        metadata=asked.metadata,
        keep_s=services.settings.sgd_job_keep_s,
        webhook=_webhook(services, caller.org_id, asked.webhook_url),
        most_open=services.settings.sgd_jobs_open_per_org,
    )
    with _faults_placed("$.request_params"):
        return _ASK[asked.job_type](services, caller, asked.request_params, idempotency_key, terms)


def _webhook(services: Services, org_id: str, url: str | None) -> Callable[[Connection], str] | None:
    if url is None:
        return None
    checked_url("$.webhook_url", url)
    return lambda connection: webhook_for(services, connection, org_id, url)


@contextmanager
def _faults_placed(at: str) -> Iterator[None]:
    """Let the faults of a document that is part of the body say where in the body they are."""
    try:
        yield
    except ValidationFailed as error:
        faults = error.details.get("errors")
        if not faults:
            raise
        placed = [{**fault, "path": f"{at}{str(fault['path']).removeprefix('$')}"} for fault in faults]
        message = f"{placed[0]['path']}: {placed[0]['message']}"
        raise ValidationFailed(message, details={**error.details, "errors": placed}) from error


def _render(services: Services, caller: Principal, params: Params, key: str | None, terms: Terms) -> str:
    check_input("render_request", params)
    check_render(RenderRequest.read(params, unknown="forbid"))
    if params.get("dry_run"):
        raise _fault("$.dry_run", "a dry run makes nothing: ask for it at POST /render")
    check_request_content(services, caller, dict(params))
    ticket = request_render(
        services.database, caller.org_id, params, idempotency_key=key, actor=caller.subject, terms=terms
    )
    return ticket.render_id


def _batch(services: Services, caller: Principal, params: Params, key: str | None, terms: Terms) -> str:
    check_input("render_batch_request", params)
    items = checked_items(params)
    check_batch_content(services, caller, items)
    ticket = request_batch(
        services.database, caller.org_id, params, items, idempotency_key=key, actor=caller.subject, terms=terms
    )
    return ticket.batch_id


def _ingest(services: Services, caller: Principal, params: Params, key: str | None, terms: Terms) -> str:
    check_input("ingest_request", params)
    body = IngestRequest.read(params, unknown="forbid")
    check_project_id(body.project_id)
    wanted = check_ids("$.assets", body.assets)
    check_assets(services, caller.org_id, wanted)
    document = {"project_id": body.project_id, "assets": wanted}
    return request_job(
        services.database, caller.org_id, "ingest", document, idempotency_key=key, actor=caller.subject, terms=terms
    ).job_id


def _canon(services: Services, caller: Principal, params: Params, key: str | None, terms: Terms) -> str:
    check_input("canon_derive_request", params)
    body = CanonDeriveRequest.read(params, unknown="forbid")
    document = canon_document(services, caller.org_id, body)
    return request_job(
        services.database, caller.org_id, "canon_derive", document, idempotency_key=key, actor=caller.subject,
        terms=terms,
    ).job_id  # fmt: skip


def _analyze(services: Services, caller: Principal, params: Params, key: str | None, terms: Terms) -> str:
    check_input("analyze_request", params)
    asked = read_prompt(services, caller, AnalyzeRequest.read(params, unknown="forbid"))
    document = document_of(asked.ready.ask)
    return request_plain(
        services.database, caller.org_id, "analyze", document, idempotency_key=key, actor=caller.subject, terms=terms
    ).job_id


def _replay(services: Services, caller: Principal, params: Params, key: str | None, terms: Terms) -> str:
    check_input("replay_request", params)
    body = ReplayRequest.read(params, unknown="forbid")
    with services.database.org_transaction(caller.org_id) as connection:
        row = get_request(connection, caller.org_id, body.render_id)
    if row.status != "succeeded":
        raise Conflict("only a render that has succeeded is made again", details={"render_id": row.render_id})
    document = {"render_id": str(row.render_id)}
    return request_plain(
        services.database, caller.org_id, "replay", document, idempotency_key=key, actor=caller.subject, terms=terms
    ).job_id


def canon_document(services: Services, org_id: str, body: CanonDeriveRequest) -> dict[str, Any]:
    """What a derivation is asked for with, once all that it names is known to be the org's. Raises as `evidence_of`."""
    check_project_id(body.project_id)
    wanted = check_ids("$.evidence_ids", body.evidence_ids)
    meant = evidence_of(services, org_id, wanted)
    rejects = services.settings.sgd_canon_guardrail == "reject"
    required = rejects if body.require_complete is None else body.require_complete
    return {"project_id": body.project_id, "evidence_ids": meant, "require_complete": required}


def _fault(path: str, message: str) -> ValidationFailed:
    return ValidationFailed(f"{path}: {message}", details={"errors": [{"path": path, "message": message}]})


_ASK: Mapping[str, Callable[[Services, Principal, Params, str | None, Terms], str]] = {
    "analyze": _analyze, "replay": _replay, "render": _render, "batch": _batch, "ingest": _ingest, "canon": _canon,
}  # fmt: skip

"""What is told of a batch: how far it is, and one page of its items with their pictures.

What must not live here: routes, or the zip of a batch (`batch_zip.py`).
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, cast

from sqlalchemy import Connection

from sgd_api.http.bodies.batches import BatchCounts, RenderBatchItem, RenderBatchStatus
from sgd_api.http.dependencies import stored_error
from sgd_api.http.pages import page_of
from sgd_api.http.services import Services
from sgd_api.http.stored.present import render_body, timestamp
from sgd_assets.renders.campaign.items import Item, items_of
from sgd_resources.ports import ObjectStore
from sgd_resources.postgres.rows import batches, renders
from sgd_resources.postgres.rows.jobs import Job


def batch_status(services: Services, org_id: str, batch_id: str, *, after: int, limit: int) -> RenderBatchStatus:
    """The batch with the items behind place `after`, at most `limit`.

    Raises:
        NotFound: no batch of this org.
        Unavailable: the database cannot be reached. Retry.
    """
    with services.database.org_transaction(org_id) as connection:
        batch = batches.get_batch(connection, org_id, batch_id)
        counts = batches.counts_of(connection, org_id, batch.job_id)
        page = batches.list_parts(connection, org_id, batch.job_id, after=after, limit=limit + 1)
        shown, following = page_of(page, limit, lambda row: row.item_index)
        outputs = outputs_by_render(connection, org_id, shown)
    known, ttl_s = items_of_batch(batch), services.settings.sgd_signed_url_ttl_s
    items = tuple(
        _item(known[_place(part)], part, outputs.get(part.render_id, []), services.store, org_id=org_id, ttl_s=ttl_s)
        for part in shown
    )
    return RenderBatchStatus(
        batch_id=batch.job_id,
        status=cast(Any, batches.status_of(batch, counts)),
        status_url=f"/render/batch/{batch.job_id}",
        zip_url=f"/render/batch/{batch.job_id}/zip",
        project_id=batch.project_id,
        counts=BatchCounts(
            total=counts.total, queued=counts.queued, running=counts.running, succeeded=counts.succeeded,
            failed=counts.failed, cancelled=counts.cancelled,
        ),
        cost_usd=counts.cost_usd_micros / 1_000_000,
        cost_usd_micros=counts.cost_usd_micros,
        items=items,
        next_cursor=following,
        error=stored_error(batch.error),
        created_at=timestamp(batch.created_at),
        started_at=timestamp(batch.started_at),
        finished_at=timestamp(batch.finished_at),
    )  # fmt: skip


def items_of_batch(batch: Job) -> tuple[Item, ...]:
    """What the stored batch stands for."""
    return items_of(batch.body, order=(batch.progress or {}).get("fields") or ())


def outputs_by_render(
    connection: Connection, org_id: str, parts: Sequence[renders.RenderRequest]
) -> Mapping[str, list[renders.Render]]:
    """The pictures of those parts that went well, by their render."""
    done = [part.render_id for part in parts if part.status == "succeeded"]
    found = renders.list_outputs_of(connection, org_id, done) if done else []
    return {render_id: list(rows) for render_id, rows in groupby(found, key=lambda row: str(row.render_id))}


def _place(part: renders.RenderRequest) -> int:
    assert part.item_index is not None
    return part.item_index


def _item(
    item: Item,
    part: renders.RenderRequest,
    outputs: list[renders.Render],
    store: ObjectStore,
    *,
    org_id: str,
    ttl_s: int,
) -> RenderBatchItem:
    told = render_body(part, outputs, store, org_id=org_id, ttl_s=ttl_s)
    audit = told.audit
    violations = tuple(line for asset in told.assets if asset.critique for line in asset.critique.violations)
    return RenderBatchItem(
        index=item.index,
        row=item.row,
        size=item.size,
        name=item.stem(),
        render_id=told.render_id,
        status=told.status,
        status_url=told.status_url,
        guardrails_ok=audit.guardrails_ok if audit else None,
        cost_usd=audit.cost_usd if audit else None,
        unmet=told.unmet,
        violations=tuple(dict.fromkeys(violations)) if audit else None,
        # Plans and critiques of fifty renders make a page of megabytes; the item's own address has them.
        assets=tuple(asset.model_copy(update={"plan": None, "critique": None}) for asset in told.assets),
        error=told.error,
    )

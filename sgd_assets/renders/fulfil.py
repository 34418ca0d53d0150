"""Render requests -> RendersManifest: claims each request, renders it, and writes its one set of outputs.

Contracts: `render_request`, `render_record`, `renders_manifest`. What must not live here: how a picture is made
(`render.py`), or how an error is worded for the request's row.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Protocol

from sgd_assets.canon.model import Canon
from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_assets.renders.model import RenderRecord, RendersManifest
from sgd_assets.renders.progress import Progress
from sgd_resources.errors import SgdError, Unavailable
from sgd_resources.events import tell, warn
from sgd_resources.observed.steps import count_steps
from sgd_resources.ports import RenderLedger


class Renderer(Protocol):
    """Makes and stores the pictures of one request."""

    def __call__(
        self,
        body: Mapping[str, Any],
        canon: Canon,
        *,
        org_id: str,
        render_id: str,
        evidence: EvidenceManifest,
        run_id: str | None = None,
        progress: Progress | None = None,
    ) -> RenderRecord:
        """Without a model deterministic: same body, canon and evidence, same bytes."""
        ...


MOST_STALE_TOLD = 100
"""Of the renders of older canons; `GET /renders?stale=true` has all of them."""
RenderOne = Callable[[str, Mapping[str, Any], Progress], RenderRecord]
"""(render id, request body, how far it is) -> what was made; the pictures are in the store by then."""


def fulfil_requests(
    org_id: str,
    render_ids: Sequence[str],
    *,
    run_id: str,
    requests: RenderLedger,
    render: RenderOne,
    word_error: Callable[[SgdError], Mapping[str, Any]],
) -> RendersManifest:
    """The renders this run made for the org. A request that is finished already, or taken over, is left alone.

    Args:
        org_id: whose requests.
        render_ids: which; empty means every unfinished one.
        run_id: the run that owns what it claims.
        requests: the requests' rows.
        render: makes the pictures of one request. A second try writes the same keys, and generates no picture anew
            that an earlier one paid for.
        word_error: the row's form of an error.

    Raises:
        SgdError: the only request failed; its row says why. Of several, the failed ones are left to their rows.
    """
    wanted = list(render_ids) or requests.pending(org_id)
    made: list[RenderRecord] = []
    for render_id in wanted:
        progress = Progress(partial(_note, requests, org_id, render_id, run_id))
        body = requests.claim(org_id, render_id, run_id=run_id, progress=progress.told())
        if body is None:
            continue
        began = time.perf_counter()
        try:
            record = render(render_id, body, progress)
        except SgdError as error:
            worded = word_error(error)
            requests.fail(org_id, render_id, run_id=run_id, error=worded, progress=progress.told())
            _tell_end(org_id, render_id, run_id, began, outcome=str(worded["code"]))
            if len(wanted) == 1:
                raise
            continue
        outputs = [output.model_dump(mode="json") for output in record.outputs]
        audit = record.model_dump(mode="json", exclude={"outputs"})
        progress.begin("audit")
        told = progress.told()
        if requests.finish(org_id, render_id, run_id=run_id, outputs=outputs, audit=audit, progress=told):
            made.append(record)
            _tell_end(org_id, render_id, run_id, began, outcome="succeeded", record=record)
            count_steps(told)
    stale = requests.stale(org_id, limit=MOST_STALE_TOLD)
    return RendersManifest(org_id=org_id, renders=tuple(made), stale_render_ids=tuple(stale))


def _tell_end(
    org_id: str, render_id: str, run_id: str, began: float, *, outcome: str, record: RenderRecord | None = None
) -> None:
    outputs = record.outputs if record is not None else ()
    told = tell if record is not None else warn
    told(
        "render.ended", org_id=org_id, render_id=render_id, run_id=run_id, outcome=outcome,
        pictures=len(outputs), pictures_passed=sum(not output.critique.violations for output in outputs),
        route=record.model_route if record is not None else None,
        cost_usd_micros=record.cost_usd_micros if record is not None else 0,
        duration_ms=round((time.perf_counter() - began) * 1000),
    )  # fmt: skip


def _note(requests: RenderLedger, org_id: str, render_id: str, run_id: str, progress: Mapping[str, Any]) -> None:
    """Keep how far a render is. One that cannot be told of goes on: its end says what became of it."""
    try:
        requests.note_progress(org_id, render_id, run_id=run_id, progress=progress)
    except Unavailable as error:
        warn("render.progress_not_kept", org_id=org_id, render_id=render_id, reason=error.message)

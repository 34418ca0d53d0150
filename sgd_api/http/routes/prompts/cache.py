"""/v1/cache: what an org's kept answers saved it, and how it drops them. Nobody sees or drops another org's.

What must not live here: the layers of the cache (`sgd_resources/llm/answers/cache.py`).
"""

from typing import Annotated

import anyio.to_thread
from fastapi import Path, Query, Response
from starlette.responses import JSONResponse

from sgd_api.http.bodies.prompt_service import CacheDropped, CacheReport
from sgd_api.http.dependencies import ERRORS, Reader, WithServices, Worker
from sgd_api.http.routing.router import Router
from sgd_resources.llm.policy.policy_file import MICROS_PER_USD
from sgd_resources.postgres.rows import audit, inference

router = Router(prefix="/v1/cache", tags=["prompts"])
_PATTERN = r"^[a-z0-9_*]{1,60}(:[a-f0-9*]{1,64})?$"


@router.get("/stats", summary="What kept answers saved", response_model=CacheReport, responses=ERRORS)
async def cache_stats(
    caller: Reader,
    services: WithServices,
    days: Annotated[int, Query(ge=1, le=366, description="UTC days, today included")] = 30,
) -> Response:
    """Hits, misses and money saved, of every process, from the org's call log."""

    def counted() -> tuple[int, int, int]:
        with services.database.org_transaction(caller.org_id) as connection:
            rows = inference.usage(connection, caller.org_id, since_days=days, by="task")
        hits = sum(row.cached for row in rows)
        asked = sum(row.calls - row.cached for row in rows)
        return hits, asked, sum(row.saved_usd_micros for row in rows)

    hits, misses, saved = await anyio.to_thread.run_sync(counted)
    total = await services.llm.client().ask(lambda gateway: gateway.parts.cache.count_of(caller.org_id))
    answer = CacheReport(
        since_days=days,
        hits=hits,
        misses=misses,
        hit_rate=round(hits / (hits + misses), 4) if hits + misses else 0.0,
        total=total,
        saved_usd=saved / MICROS_PER_USD,
    )
    return JSONResponse(answer.wire(), headers={"Cache-Control": "no-store"})


@router.delete("/{pattern}", summary="Drop kept answers", response_model=CacheDropped, responses=ERRORS)
async def drop_cached(
    pattern: Annotated[str, Path(max_length=125, pattern=_PATTERN, description="`*`, a task, or `task:sha256*`")],
    caller: Worker,
    services: WithServices,
) -> Response:
    """Of this org only. `analyze` is every answer of that task; other processes follow within half a minute."""
    whole = pattern if ":" in pattern or pattern.endswith("*") else f"{pattern}:*"
    dropped = await services.llm.client().ask(
        lambda gateway: gateway.parts.cache.invalidate_matching(caller.org_id, whole)
    )

    def told() -> None:
        with services.database.org_transaction(caller.org_id) as connection:
            audit.append(
                connection, caller.org_id, actor=caller.subject, action="cache.dropped", subject=pattern,
                details={"dropped": dropped},
            )  # fmt: skip

    await anyio.to_thread.run_sync(told)
    return JSONResponse(CacheDropped(pattern=pattern, dropped=dropped).wire())

"""GET /usage: what the org's model calls cost, what is held by calls in flight, and what is left.

What must not live here: counting, or the whole call log (`inference.py`).
"""

from typing import Annotated

from fastapi import Query, Response
from starlette.responses import JSONResponse

from sgd_api.http.bodies.usage import BudgetPot, SpendGroup, Usage
from sgd_api.http.dependencies import ERRORS, Reader, WithServices
from sgd_api.http.routing.router import Router
from sgd_api.http.services import Services
from sgd_resources.identity.principal import Principal
from sgd_resources.llm.caller import Caller
from sgd_resources.postgres.rows import inference

router = Router(tags=["inference"])


@router.get("/usage", summary="Spent, held and left of the org's budgets", response_model=Usage, responses=ERRORS)
def usage(
    caller: Reader,
    services: WithServices,
    days: Annotated[int, Query(ge=1, le=366, description="UTC days of the groups, today included")] = 30,
) -> Response:
    """Each budget with its reset, and the calls of the last days by task, day and key."""
    budgets = _budgets(services, caller)
    with services.database.org_transaction(caller.org_id) as connection:
        by_task, by_day, by_key = (
            tuple(
                SpendGroup(
                    name=row.name, calls=row.calls, cost_usd_micros=row.cost_usd_micros,
                    saved_usd_micros=row.saved_usd_micros, failed_tries=row.failed_tries,
                    failed_cost_usd_micros=row.failed_cost_usd_micros, refused=row.refused,
                )
                for row in inference.usage(connection, caller.org_id, since_days=days, by=by)
            )
            for by in ("task", "day", "key")
        )  # fmt: skip
    found = Usage(
        org_id=caller.org_id,
        since_days=days,
        budget_exhausted=any(pot.left_usd_micros == 0 for pot in budgets),
        budgets=budgets,
        by_task=by_task,
        by_day=by_day,
        by_key=by_key,
    )
    return JSONResponse(found.wire(), headers={"Cache-Control": "no-store"})


def _budgets(services: Services, caller: Principal) -> tuple[BudgetPot, ...]:
    from sgd_resources.llm.money.spend import DatabaseSpend
    from sgd_resources.llm.pots import held_pots, pots

    payer = Caller(caller.org_id, key_id=caller.key_id, key_line=caller.key_line)
    held = services.llm.client().run(lambda gateway: held_pots(gateway, payer))
    spent = DatabaseSpend(services.database).spent(caller.org_id, [one.scope for one in held])
    return tuple(
        BudgetPot(
            kind=pot.kind,
            period=pot.period,
            of=pot.of,
            limit_usd_micros=pot.limit_usd_micros,
            spent_usd_micros=pot.spent_usd_micros,
            held_usd_micros=pot.held_usd_micros,
            left_usd_micros=pot.left_usd_micros,
            resets_at=pot.resets_at.isoformat(),
        )
        for pot in pots(held, spent)
    )

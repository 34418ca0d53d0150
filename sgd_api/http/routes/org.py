"""DELETE /org: the caller's whole org, everywhere and for good.

What must not live here: what a store holds of an org, or in which order they go (`sgd_resources/erasure`).
"""

from typing import Annotated

from fastapi import Query, Response
from starlette.responses import JSONResponse

from sgd_api.http.bodies.orgs import OrgErased
from sgd_api.http.dependencies import ERRORS, WithServices, Worker
from sgd_api.http.routing.router import Router
from sgd_resources.erasure.erase import erase_org
from sgd_resources.erasure.places import places_of
from sgd_resources.errors import InvalidInput
from sgd_resources.postgres.rows import audit
from sgd_resources.postgres.rows.whole.erasure import list_tombstones, mark_of

router = Router(tags=["org"])


@router.delete("/org", summary="Erase the whole org", response_model=OrgErased, responses=ERRORS)
def delete(
    caller: Worker,
    services: WithServices,
    confirm: Annotated[str, Query(max_length=63, description="the org's own id, letter for letter")],
) -> Response:
    """Every row, object, vector, run and cached answer of the org, printed by store and count.

    Its keys end first. Should this request break off, the nightly run goes on with it. Nothing brings anything back.
    """
    if confirm != caller.org_id:
        raise InvalidInput("`confirm` is not the id of this org: nothing was erased")
    places = places_of(
        services.settings, store=services.store, vectors=services.vectors.client(), client=services.redis,
        dagster_url=services.dagster_url,
    )  # fmt: skip
    with services.database.org_transaction(caller.org_id) as connection:
        audit.append(connection, caller.org_id, actor=caller.subject, action="ORG_DELETION", subject=caller.org_id)
    erased = erase_org(services.database, places, caller.org_id)
    mark = mark_of(caller.org_id)
    with services.database.org_transaction(mark) as connection:
        left = list_tombstones(connection, mark)[0]
    answer = OrgErased(
        org_id=caller.org_id,
        erased={name: dict(counts) for name, counts in erased.counts.items()},
        tombstone=mark,
        chain_seq=left.chain_seq,
        chain_sha256=left.chain_sha256,
    )
    return JSONResponse(answer.wire(), headers={"Cache-Control": "no-store"})

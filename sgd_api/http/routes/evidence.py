"""DELETE /evidence/{sha256}: one clean file is taken back, however many uploads gave it.

What must not live here: how evidence comes in (`uploads.py`), or what a removal does (`http/stored/removal.py`).
"""

from functools import partial
from typing import Annotated

from fastapi import Path, Response
from starlette.responses import JSONResponse

from sgd_api.http.bodies.listings import EvidenceRemoval
from sgd_api.http.dependencies import ERRORS, WithServices, Worker
from sgd_api.http.routing.router import Router
from sgd_api.http.stored.present import removal_body
from sgd_api.http.stored.removal import take_back
from sgd_resources.postgres.rows.evidence_removal import remove_evidence

router = Router(tags=["evidence"])
Sha256Path = Annotated[str, Path(description="`evidence_sha256` as uploads and citations show it", max_length=200)]


@router.delete(
    "/evidence/{evidence_sha256}",
    summary="Take a file of evidence back",
    response_model=EvidenceRemoval,
    responses=ERRORS,
)
def delete_evidence(evidence_sha256: Sha256Path, caller: Worker, services: WithServices) -> Response:
    """Every upload that gave this file is discarded, and the canon is derived anew without it. A repeat does nothing.

    Renders made earlier stay, and their status says which evidence is gone.
    """
    actor = caller.subject
    remove = partial(remove_evidence, org_id=caller.org_id, evidence_sha256=evidence_sha256, actor=actor)
    taken = take_back(services.database, services.store, caller.org_id, remove, actor=actor)
    return JSONResponse(removal_body(taken).wire())

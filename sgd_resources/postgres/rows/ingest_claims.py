"""Who is about to ingest an org says so here, and the sensor does not ask for the same again.

A claim holds from before the first file is taken in until its run has ended, is renewed while its owner lives and
lapses soon after. What must not live here: the ingest, or asking for runs.
"""

import logging
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import uuid4

from sqlalchemy import Connection, bindparam, func, text
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.types import Text

from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.tables.brand import ingest_claims

log = logging.getLogger(__name__)

HELD_S = 120
"""A claim outlives its owner by this at most; also how long an org that failed keeps the sensor away: until then the
failure has its pause on the uploads' rows."""
RENEWED_EVERY_S = 30.0


@dataclass
class Claim:
    """One owner's claim on any number of orgs."""

    claim: str = field(default_factory=lambda: str(uuid4()))
    failed: set[str] = field(default_factory=set)
    """Orgs to leave to the sensor for failed runs when the claim ends."""

    def take(self, connection: Connection, org_id: str) -> None:
        """Claim the org, which exists; in the transaction that takes its files in. Idempotent."""
        until = func.now() + func.make_interval(0, 0, 0, 0, 0, 0, HELD_S)
        row = insert(ingest_claims).values(org_id=org_id, claim=self.claim, expires_at=until)
        connection.execute(row.on_conflict_do_update(index_elements=["org_id", "claim"], set_={"expires_at": until}))


@contextmanager
def ingest_claim(database: Database) -> Iterator[Claim]:
    """A claim that is renewed for the length of the block, then given up."""
    claim, is_over = Claim(), threading.Event()

    def renew() -> None:
        while not is_over.wait(RENEWED_EVERY_S):
            try:
                with database.directory() as connection:
                    renewed = {"claim": claim.claim, "held": HELD_S}
                    connection.execute(text("SELECT directory_renew_claim(CAST(:claim AS uuid), :held)"), renewed)
            except Exception:
                # It holds for some time yet; the next turn tries again.
                log.warning("a claim was not renewed", exc_info=True)

    renewing = threading.Thread(target=renew, name="ingest claim", daemon=True)
    renewing.start()
    try:
        yield claim
    finally:
        is_over.set()
        renewing.join()
        _release(database, claim)


def orgs_expected(connection: Connection, org_ids: Collection[str]) -> set[str]:
    """Those of the orgs whose ingest is on its way already. Call inside `Database.directory()`."""
    asked = text("SELECT o FROM unnest(:orgs) AS o WHERE directory_is_ingest_expected(o)")
    rows = connection.execute(asked.bindparams(bindparam("orgs", sorted(org_ids), type_=ARRAY(Text))))
    return set(rows.scalars())


def _release(database: Database, claim: Claim) -> None:
    asked = text("SELECT directory_release_claim(CAST(:claim AS uuid), :failed)")
    with database.directory() as connection:
        connection.execute(
            asked.bindparams(
                bindparam("claim", claim.claim), bindparam("failed", sorted(claim.failed), type_=ARRAY(Text))
            )
        )

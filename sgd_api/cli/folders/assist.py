"""A folder's canon with a model's help: the gateway of this installation, opened for one question.

Contract: `stored_canon`. What must not live here: the question itself (`sgd_assets/canon/assist/ask.py`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from sgd_api.cli.folders.canon import FolderCanon
from sgd_api.cli.model_route import no_key_reason
from sgd_assets.canon.assist.ask import Assisted, assist_canon
from sgd_assets.canon.cited import name_sources
from sgd_resources.settings import Settings

ORG = "command-line"
"""Who pays for a folder that is no org's: its own budget and its own rows of the call log."""


def assist_folder(found: FolderCanon, settings: Settings) -> Assisted:
    """The folder's canon after a model's say, or unchanged with the reason. Starts what accounting needs.

    Raises:
        Unavailable: the database cannot be started or reached.
    """
    reason = no_key_reason(settings)
    if reason is not None:
        return Assisted(found.canon, False, reason)
    with model_help(settings) as ask:
        return ask(found)


@contextmanager
def model_help(settings: Settings) -> Iterator[Callable[[FolderCanon], Assisted]]:
    """What asks a model for a folder's canon, with its accounting, for as long as the block lasts.

    Raises:
        Unavailable: the database cannot be started or reached.
    """
    from sgd_resources.embedded.services import embedded_services
    from sgd_resources.llm.build import build_gateway
    from sgd_resources.llm.sync_gateway import SyncLlmGateway
    from sgd_resources.postgres.engine import Database
    from sgd_resources.postgres.rows import orgs

    with embedded_services(settings) as urls:
        database = Database(urls.database_url, urls.database_owner_url)
        gateway = SyncLlmGateway(lambda: build_gateway(settings, redis_url=urls.redis_url, database=database))
        try:
            with database.org_transaction(ORG) as connection:
                orgs.ensure_org(connection, ORG)
            yield lambda found: _cited(assist_canon(found.canon, found.documents, gateway=gateway, org_id=ORG), found)
        finally:
            gateway.close()
            database.dispose()


def _cited(assisted: Assisted, found: FolderCanon) -> Assisted:
    sources = {file.evidence_sha256: file.source_sha256 for file in found.files}
    return replace(assisted, canon=name_sources(assisted.canon, sources))

"""The database for a command an operator runs on this machine; nothing else is started for it.

What must not live here: what the operator does with it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sgd_resources.embedded.services import embedded_services
from sgd_resources.postgres.engine import Database
from sgd_resources.settings import Settings


@contextmanager
def operator_database(settings: Settings) -> Iterator[Database]:
    """A database that is closed with the block; the embedded one is started, or used when it runs already."""
    with embedded_services(settings) as urls:
        database = Database(urls.database_url, urls.database_owner_url)
        try:
            yield database
        finally:
            database.dispose()

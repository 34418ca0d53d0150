"""Alembic's entry: runs the migrations on the connection that `postgres/migrate.py` hands over, in its transaction.

Writing one: the owner is bound by row level security like everybody (FORCE), so a data migration goes org by org with
`set_config('app.org_id', ...)`; every new org table needs ENABLE + FORCE, the policy, grants, and org_id in each key.
"""

from alembic import context
from sqlalchemy import Connection, create_engine

from sgd_resources.postgres.tables import metadata


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if isinstance(given, Connection):
    _run(given)
else:
    # From the `alembic` command line, with -x url=...
    engine = create_engine(context.get_x_argument(as_dictionary=True)["url"])
    with engine.begin() as own:
        _run(own)

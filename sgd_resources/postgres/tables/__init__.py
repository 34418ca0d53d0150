"""The tables as SQLAlchemy Core knows them, by what they are of. Every org table has `org_id` first in its keys.

The truth is in `migrations/`; a test compares the two. What must not live here: row level security, grants and
functions, which stand only there, or queries (`rows/`).
"""

from sgd_resources.postgres.tables import access, brand, models, work
from sgd_resources.postgres.tables.columns import metadata

__all__ = ["access", "brand", "metadata", "models", "work"]

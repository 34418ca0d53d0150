"""The org's pictures as a verdict asks for them, each answer one query.

What must not live here: the verdict (`sgd_assets/renders/prove/verify.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sgd_assets.renders.model import VectorFile
from sgd_assets.renders.vectors.keep import kept_vectors
from sgd_resources.errors import NotFound
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import renders
from sgd_resources.postgres.rows.proof import lists as proof


@dataclass(frozen=True)
class OwnPictures:
    """Implements `KnownPictures`."""

    database: Database
    org_id: str

    def by_sha256(self, sha256: str) -> renders.Render | None:
        """See `KnownPictures`."""
        with self.database.org_transaction(self.org_id) as connection:
            return proof.find_by_sha256(connection, self.org_id, sha256)

    def by_id(self, render_id: str, index: int) -> renders.Render | None:
        """See `KnownPictures`."""
        try:
            with self.database.org_transaction(self.org_id) as connection:
                found = renders.list_outputs(connection, self.org_id, render_id)
        except NotFound:
            return None  # an id that cannot be one of ours
        return next((row for row in found if row.index == index), None)

    def vectors_of(self, render_id: str) -> Sequence[VectorFile]:
        """See `KnownPictures`."""
        with self.database.org_transaction(self.org_id) as connection:
            found = renders.get_request(connection, self.org_id, render_id)
        return kept_vectors(found.result)

    def alike(self, look: int, within_bits: int) -> Sequence[renders.Render]:
        """See `KnownPictures`."""
        with self.database.org_transaction(self.org_id) as connection:
            return proof.alike(connection, self.org_id, look, within_bits=within_bits)

"""Bodies of what people state of a canon's facts, and of what is to be reviewed.

What must not live here: what a statement does (`sgd_assets/canon/statements`).
"""

from typing import Annotated, Literal

from pydantic import Field

from sgd_api.http.bodies.base import Body
from sgd_assets.canon.model import Conflict, FactKind, Role


class FactStatementRequest(Body):
    """Body of `PUT /canon/facts/{fact_id}`."""

    verb: Literal["confirm", "correct", "reject"]
    reason: Annotated[str, Field(min_length=1, max_length=500, pattern=r"\S")]
    value: Annotated[str, Field(min_length=1, max_length=500)] | None = Field(
        default=None, description="of a correction: what is right, as `#RRGGBB`, a family or a sentence"
    )
    kind: FactKind | None = Field(
        default=None, description="of a correction: the side it belongs to, e.g. `logo_dont` for a `logo_do`"
    )
    role: Role | None = Field(default=None, description="of a correction: the part of a colour, the use of a font")


class ReviewedConflict(Body):
    """A conflict of the current canon."""

    conflict: Conflict
    is_for_review: bool = Field(description="newer evidence speaks against what a person said")


class CanonConflicts(Body):
    """Answer of `GET /canon/conflicts`: those for review first."""

    version: str
    conflicts: tuple[ReviewedConflict, ...] = ()

"""The HTTP body of `DELETE /org`.

What must not live here: erasing (`sgd_resources/erasure`).
"""

from pydantic import Field

from sgd_api.http.bodies.base import Body, Sha256


class OrgErased(Body):
    """What an org had, and what is left of it."""

    org_id: str
    erased: dict[str, dict[str, int]] = Field(description="how much there was, by store and kind; nothing is left")
    tombstone: str = Field(description="the name under which an operator finds these counts and the audit log's hashes")
    chain_seq: int | None = Field(default=None, ge=1, description="links of the audit log's chain")
    chain_sha256: Sha256 | None = Field(default=None, description="hash of its last link")

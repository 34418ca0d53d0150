"""A colour claim with the document it is from: what the weighing of colours works on.

What must not live here: any rule.
"""

from dataclasses import dataclass

from sgd_assets.canon.facts.claims import ColourClaim


@dataclass(frozen=True)
class SourcedClaim:
    """A claim and the document it is from."""

    claim: ColourClaim
    file_name: str
    sha256: str

"""What layouts set type with: `fit` fills a box, `flow` sets at a size, both give a `SetText`.

The work is in `type/`; what must not live here: any of it.
"""

from sgd_assets.renders.compose.type.fit import fit
from sgd_assets.renders.compose.type.flow import flow
from sgd_assets.renders.compose.type.missing import Faces
from sgd_assets.renders.compose.type.runs import line_width
from sgd_assets.renders.compose.type.set_text import SetText

__all__ = ["SECONDARY_LEAST_PX", "Faces", "SetText", "fit", "flow", "line_width"]

SECONDARY_LEAST_PX = 14.0
"""Least size of secondary text (dates, prices, addresses, small print) on a picture of any size, or it is left out."""

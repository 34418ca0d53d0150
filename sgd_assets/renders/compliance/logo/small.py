"""Whether a logo was found so small that its parts are a few pixels each. What must not live here: any verdict."""

from sgd_resources.ports.sight import LogoSeen

_SHORTER_PX = 40.0


def is_small(seen: LogoSeen) -> bool:
    """Below this the strokes of a whole logo melt into each other, and parts of it seem to be missing or faint.

    Where it stands at a known place it is compared with its drawing at that very size, melted alike.
    """
    if seen.is_at_place:
        return False
    x0, y0, x1, y1 = seen.box
    return min(x1 - x0, y1 - y0) < _SHORTER_PX

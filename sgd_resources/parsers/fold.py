"""Folds identical colour and font uses into one, counting them. Order of first appearance is kept."""

from collections.abc import Iterable

from sgd_resources.parsed_document import ColourUse, FontUse, Location


def fold_colours(uses: Iterable[ColourUse], *, per_page: bool = True) -> tuple[ColourUse, ...]:
    """One ColourUse per distinct statement; `uses` counts, the largest place is kept, areas add up to at most 1.

    A use with a label is never folded into one with another label. `per_page=False` also folds across pages.
    """
    kept: dict[tuple[object, ...], ColourUse] = {}
    for use in uses:
        page = use.location.page if per_page else None
        key: tuple[object, ...] = (
            use.hex,
            use.space,
            use.components,
            use.spot_name,
            use.source,
            use.name,
            use.label,
            use.operator,
            use.alpha,
            page,
        )
        if use.source == "text":
            key = (*key, use.location.bbox, use.location.line, use.location.xml_path, use.location.selector)
        first = kept.get(key)
        if first is None:
            kept[key] = use
            continue
        area = (
            None
            if first.area_ratio is None and use.area_ratio is None
            else min(1.0, (first.area_ratio or 0) + (use.area_ratio or 0))
        )
        place = first.location if _extent(first.location) >= _extent(use.location) else use.location
        kept[key] = first.model_copy(
            update={
                "uses": first.uses + use.uses,
                "area_ratio": None if area is None else round(area, 6),
                "location": place,
            }
        )
    return tuple(kept.values())


def fold_fonts(uses: Iterable[FontUse]) -> tuple[FontUse, ...]:
    """One FontUse per (raw name, source, stating name, stack); shares add up."""
    kept: dict[tuple[object, ...], FontUse] = {}
    for use in uses:
        key = (use.raw_name, use.source, use.name, use.stack)
        first = kept.get(key)
        if first is None:
            kept[key] = use
        elif use.share_ratio is not None:
            share = min(1.0, (first.share_ratio or 0) + use.share_ratio)
            kept[key] = first.model_copy(update={"share_ratio": round(share, 4)})
    return tuple(kept.values())


def _extent(place: Location) -> float:
    if place.bbox is None:
        return 0.0
    x0, y0, x1, y1 = place.bbox
    return max(0.0, x1 - x0) * max(0.0, y1 - y0)

"""What a brief asks and a plan does not do, in words: the list that a client reads beside the picture.

What must not live here: what the layout found no room for (`compose/`), or broken rules of the brand (`compliance/`).
"""

from sgd_assets.renders.brief.model import Brief, ElementName

DRAWN: frozenset[ElementName] = frozenset({"headline", "body"})
"""Parts of the copy that the layouts have a place for."""


def unmet_of(brief: Brief) -> tuple[str, ...]:
    """Each wish that stays open, as `what: which`."""
    return tuple(f"{part}: {words}" for part, words in brief.words.elements() if part not in DRAWN)

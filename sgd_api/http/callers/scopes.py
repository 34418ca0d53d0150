"""Which scope a route needs: the noun of its path, and whether it only reads.

A path whose noun stands in no line here needs `org:write`, so that a new route is closed until somebody decides. What
must not live here: who has which scope (`sgd_resources/identity`).
"""

from collections.abc import Mapping

_NOUNS: Mapping[str, str] = {
    "render": "renders", "renders": "renders", "critique": "renders",
    "uploads": "evidence", "evidence": "evidence", "ingest": "evidence",
    "canon": "canon", "search": "search", "jobs": "jobs", "webhooks": "jobs",
    "analyze": "prompts", "schemas": "prompts", "templates": "prompts", "reviews": "prompts", "cache": "prompts",
    "chat": "prompts", "models": "prompts", "health": "prompts", "metrics": "prompts",
    "inference": "usage", "usage": "usage", "audit": "audit", "keys": "keys", "org": "org",
}  # fmt: skip
"""First segment of a path, behind `/v1` or `/api`, -> noun of the scope."""
_DECIDED = "/canon/facts/"
"""What people decide: closed to keys and services that may do all else with a canon, unless it is given to them."""
_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_ANSWERS_ONLY = frozenset({"/assets/verify"})
"""POST routes that store nothing of the org."""


def scope_of(method: str, path: str) -> str:
    """The scope that a request needs, e.g. `renders:write`.

    Args:
        path: the route's template, as `/renders/{render_id}`.
    """
    if path.startswith(_DECIDED):
        return "facts:write" if method.upper() not in _READS else "canon:read"
    segments = [segment for segment in path.split("/") if segment]
    if segments and segments[0] in ("v1", "api"):
        segments = segments[1:]
    if path in _ANSWERS_ONLY:
        return "renders:read"
    noun = _NOUNS.get(segments[0]) if segments else None
    verb = "read" if method.upper() in _READS else "write"
    if noun is None:
        return "org:write"
    return f"{noun}:{'read' if noun == 'search' else verb}"

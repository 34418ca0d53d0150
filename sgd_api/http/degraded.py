"""What follows from a part that is down: what is answered without it, what waits, and what is refused.

What must not live here: looking whether a part is up (`routes/health.py`), or acting on it: each does so where it
stands (`callers/rate_limits.py`, the caches, the model gateway).
"""

from collections.abc import Iterable, Mapping

from redis.exceptions import RedisError

from sgd_api.http.bodies.listings import Degradation, Dependency, Effect
from sgd_api.http.services import Services
from sgd_resources.llm.metrics import THROTTLED
from sgd_resources.llm.shown.view import KEYS, READ, read_answer

_EFFECTS: Mapping[str, tuple[tuple[Effect, ...], str]] = {
    "redis": (
        ("local_rate_limits", "caches_off", "model_calls_refused"),
        "each process limits by itself by the same rule, so that an org may ask once for each process; work without "
        "a model goes on",
    ),
    "vectors": (
        ("search_unavailable", "ingest_held"),
        "search answers 503; the last step of an ingest is tried again by itself; renders go on",
    ),
    "postgres": (("nothing_accepted",), "every request is a 503, so that nothing is accepted that could be lost"),
    "object_store": (
        ("files_unavailable",),
        "uploads, pictures and whatever reads files answer 503; what was accepted waits or is made again",
    ),
    "models": (
        ("models_throttled",),
        "their fallbacks are asked first, and half as many calls at a time; further ones wait for their turn",
    ),
}
NEEDED = frozenset({"postgres", "object_store"})
"""Without one of these a process is better asked nothing; without any other it does most of its work."""


def degradations(dependencies: Iterable[Dependency], throttled: Iterable[str] = ()) -> tuple[Degradation, ...]:
    """What follows from the parts that are down, by name, and from models that are asked less (their slugs)."""
    down = [dependency.name for dependency in dependencies if dependency.state == "down"]
    found = [Degradation(part=name, effects=_EFFECTS[name][0], detail=_EFFECTS[name][1]) for name in sorted(down)]
    if slugs := tuple(sorted(throttled)):
        effects, detail = _EFFECTS["models"]
        found.append(Degradation(part="models", effects=effects, detail=detail, models=slugs))
    return tuple(found)


def throttled_models(services: Services) -> tuple[str, ...]:
    """Models of which some living process asks less for now; none is known while Redis is away."""
    try:
        view = read_answer(services.redis.eval(READ, len(KEYS), *KEYS))
    except RedisError:
        # Told as a dependency of its own.
        return ()
    return tuple({dict(one.labels)["model"] for one in view.gauges if one.name == THROTTLED and one.value})

"""What one call asks of the response cache and of calls in flight, in place of its task's own rule.

What must not live here: the layers (`cache.py`), or joining flights (`single_flight.py`).
"""

from dataclasses import dataclass

from sgd_resources.errors import InvalidInput

MAX_TTL_S = 30 * 86_400


@dataclass(frozen=True)
class CacheControl:
    """Said per call; the default leaves everything to the policy.

    Args:
        no_store: the answer is neither looked up nor kept, in no layer and for no other process.
        no_cache: the answer is asked for anew, then kept.
        ttl_s: seconds it is kept, in place of the task's `cache_ttl_s`; 0 keeps nothing, and looks nothing up.
        single_flight: whether an equal call that is under way may answer this one.

    Raises:
        InvalidInput: `ttl_s` is no number of seconds up to 30 days.
    """

    no_store: bool = False
    no_cache: bool = False
    ttl_s: int | None = None
    single_flight: bool = True

    def __post_init__(self) -> None:
        if self.ttl_s is not None and not 0 <= self.ttl_s <= MAX_TTL_S:
            raise InvalidInput(f"ttl_s is 0 to {MAX_TTL_S} seconds")

    def lives_s(self, of_task: int) -> int:
        """Seconds an answer is kept; `of_task` is what the policy says."""
        if self.no_store:
            return 0
        return of_task if self.ttl_s is None else self.ttl_s

    def is_read(self, of_task: int) -> bool:
        """Whether a kept answer may be given."""
        return not self.no_cache and self.lives_s(of_task) > 0


def parse_cache_control(header: str | None) -> CacheControl:
    """The same from an HTTP request's `Cache-Control`: `no-store`, `no-cache`, `max-age=SECONDS`; the rest is ignored.

    Raises:
        InvalidInput: `max-age` is no number of seconds.
    """
    no_store = no_cache = False
    ttl_s: int | None = None
    for directive in (header or "").split(","):
        name, _, value = directive.strip().lower().partition("=")
        no_store = no_store or name == "no-store"
        no_cache = no_cache or name == "no-cache"
        if name == "max-age":
            if not (value.isascii() and value.isdigit()):
                raise InvalidInput("Cache-Control: max-age is a number of seconds")
            ttl_s = min(int(value), MAX_TTL_S)
    return CacheControl(no_store=no_store, no_cache=no_cache, ttl_s=ttl_s)

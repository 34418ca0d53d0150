"""FakeCache: a dict that counts."""

from collections.abc import Mapping, Sequence

from sgd_resources.errors import Unavailable


class FakeCache:
    """Cache in memory; with `is_down` every call raises Unavailable."""

    def __init__(self, *, is_down: bool = False) -> None:
        self.items: dict[str, bytes] = {}
        self.hits = 0
        self.misses = 0
        self.is_down = is_down

    def get_many(self, keys: Sequence[str]) -> list[bytes | None]:
        if self.is_down:
            raise Unavailable("down")
        answers = [self.items.get(key) for key in keys]
        self.hits += sum(answer is not None for answer in answers)
        self.misses += sum(answer is None for answer in answers)
        return answers

    def set_many(self, items: Mapping[str, bytes], *, ttl_s: int | None = None) -> None:
        if self.is_down:
            raise Unavailable("down")
        self.items.update(items)

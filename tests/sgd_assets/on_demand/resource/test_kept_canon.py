"""Canons in the cache: read once, never another one's, never needed."""

import pytest

from sgd_assets.canon.model import Canon
from sgd_assets.on_demand.resource.kept_canon import TTL_S, KeptCanons, cache_key
from sgd_resources.errors import InvalidInput, Unavailable
from tests.fakes.cache import FakeCache
from tests.fakes.object_store import FakeObjectStore
from tests.sgd_assets.renders.brand import canon_of

KEY = "org/acme/canon/x.json"
CANON = canon_of(("#0086BF",))


@pytest.fixture
def store() -> FakeObjectStore:
    made = FakeObjectStore()
    made.put(KEY, CANON.canonical_json())
    return made


def load(canons: KeptCanons, canon: Canon = CANON) -> Canon:
    return canons.load("acme", canon.version, KEY)


def test_a_canon_is_read_from_the_store_once(store: FakeObjectStore) -> None:
    cache = FakeCache()
    canons = KeptCanons(store, cache)
    assert [load(canons), load(canons), load(canons)] == [CANON, CANON, CANON]
    assert (len(store.reads), cache.hits, cache.misses) == (1, 2, 1)
    assert list(cache.items) == [cache_key("acme", CANON.version)]
    assert TTL_S == 86_400


def test_a_changed_canon_is_another_entry(store: FakeObjectStore) -> None:
    canons = KeptCanons(store, FakeCache())
    load(canons)
    changed = canon_of(("#FFD400",))
    store.put(KEY, changed.canonical_json())
    assert load(canons, changed) == changed


def test_a_damaged_entry_is_never_believed(store: FakeObjectStore) -> None:
    cache = FakeCache()
    canons = KeptCanons(store, cache)
    cache.items[cache_key("acme", CANON.version)] = canon_of(("#FFD400",)).canonical_json()
    assert load(canons) == CANON
    assert load(canons) == CANON
    assert len(store.reads) == 1


def test_without_the_cache_it_is_read_from_the_store(store: FakeObjectStore) -> None:
    canons = KeptCanons(store, FakeCache(is_down=True))
    assert [load(canons), load(canons)] == [CANON, CANON]


def test_a_damaged_record_is_not_kept(store: FakeObjectStore) -> None:
    cache = FakeCache()
    store.put(KEY, b"damaged")
    with pytest.raises(Unavailable):
        load(KeptCanons(store, cache))
    assert cache.items == {}


def test_an_entry_names_its_org_so_that_an_erased_org_takes_it_along() -> None:
    from sgd_resources.erasure.mentions import mention

    assert mention("acme").search(cache_key("acme", "v"))
    assert not mention("beta").search(cache_key("acme", "v"))
    with pytest.raises(InvalidInput):
        cache_key("../acme", "v")

"""embed_org: the collection holds what the org says now, and nothing is embedded twice."""

import hashlib
from collections.abc import Callable

import pytest

from sgd_assets.canon.model import Canon, Citation, Fact
from sgd_assets.documents.manifest import DocumentEntry, DocumentsManifest
from sgd_assets.documents.shelf import DocumentShelf
from sgd_assets.embeddings.chunks import chunks_version
from sgd_assets.embeddings.embed import embed_org
from sgd_assets.embeddings.manifest import EmbeddingsManifest
from sgd_assets.embeddings.search import search_org
from sgd_resources.errors import InvalidInput
from sgd_resources.parsed_document import Location, ParsedDocument, TextBlock
from sgd_resources.parsers.select import LocalParser
from sgd_resources.storage.keys import chunks_key, document_key
from tests.fakes.cache import FakeCache
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.object_store import FakeObjectStore
from tests.fakes.vectors import FakeVectorStore


class World:
    """One org's services, and its documents by name."""

    def __init__(self) -> None:
        self.store, self.cache, self.vectors = FakeObjectStore(), FakeCache(), FakeVectorStore()
        self.embedder = FakeEmbedder()
        self.entries: dict[str, DocumentEntry] = {}
        self.canon = Canon()

    def write(self, name: str, *pages: str) -> None:
        sha = hashlib.sha256(repr((name, pages)).encode()).hexdigest()
        blocks = tuple(TextBlock(text=t, location=Location(page=n)) for n, t in enumerate(pages, 1))
        document = ParsedDocument(
            evidence_sha256=sha, media_type="text/plain", parser="test", parser_version="1", text_blocks=blocks
        )
        key = document_key("acme", sha, "1")
        self.store.put(key, document.model_dump_json().encode())
        self.entries[name] = DocumentEntry(
            evidence_sha256=sha, file_name=name, media_type="text/plain", evidence_key="x", document_key=key,
            parser="test", parser_version="1", pages=1, text_blocks=1, colours=0, fonts=0, images=0,
        )  # fmt: skip

    def embed(self) -> EmbeddingsManifest:
        self.embedder.calls.clear()
        self.store.reads.clear()
        manifest = DocumentsManifest(org_id="acme", documents=tuple(self.entries[n] for n in sorted(self.entries)))
        return embed_org(
            manifest,
            self.canon,
            store=self.store,
            shelf=DocumentShelf(self.store, LocalParser),
            embedder=self.embedder,
            cache=self.cache,
            vectors=self.vectors,
        )

    def documents_read(self) -> int:
        return sum("/documents/" in key and "/chunks/" not in key for key in self.store.reads)


@pytest.fixture
def world() -> World:
    made = World()
    made.write("guide.pdf", "Our primary colour is deep blue.", "Keep clear space around the logo.")
    made.write("voice.md", "We speak plainly and warmly.")
    return made


def colour_fact(value: str) -> Fact:
    cited = Citation(evidence_sha256="a" * 64, file_name="guide.pdf", page=1, quote=f"Blue {value}")
    return Fact(id=value, kind="colour", value=value, citations=(cited,), method="stated_hex", confidence=1)


def test_every_chunk_becomes_a_point(world: World) -> None:
    world.canon = Canon(facts=(colour_fact("#0A3D91"),))
    made = world.embed()
    assert (made.chunks, made.points, made.embedded_now, made.deleted) == (4, 4, 4, 0)
    assert made.collection == "brand_assets_acme"


def test_a_second_run_embeds_and_reads_nothing(world: World) -> None:
    world.embed()
    again = world.embed()
    assert (again.chunks, again.points, again.embedded_now) == (3, 3, 0)
    assert world.embedder.calls == []
    assert world.documents_read() == 0
    assert world.store.writes.count(chunks_key("acme", chunks_version())) == 1


def test_one_more_document_costs_one_document(world: World) -> None:
    for n in range(50):
        world.write(f"{n}.md", f"Text number {n}")
    world.embed()
    world.write("new.md", "A new text")
    made = world.embed()
    assert (made.embedded_now, made.points) == (1, 54)
    assert world.documents_read() == 1
    assert world.embedder.calls == ["A new text"]


def test_a_removed_document_leaves_the_collection(world: World) -> None:
    world.embed()
    del world.entries["guide.pdf"]
    made = world.embed()
    assert (made.chunks, made.points, made.deleted, made.embedded_now) == (1, 1, 2, 0)


def test_a_repeated_embedding_is_a_cache_read(world: World) -> None:
    world.embed()
    world.vectors = FakeVectorStore()
    world.write("more.md", "One more text")
    made = world.embed()
    assert made.embedded_now == 4
    assert made.cache_hits / made.embedded_now >= 0.4
    assert world.embedder.calls == ["One more text"]


def test_cached_and_fresh_vectors_are_the_same(world: World) -> None:
    world.embed()
    fresh = {p.point_id: p.vector for p in world.vectors.points["acme"].values()}
    world.vectors = FakeVectorStore()
    world.embed()
    for point in world.vectors.points["acme"].values():
        assert point.vector == pytest.approx(fresh[point.point_id], abs=1e-7)


def test_a_changed_model_embeds_everything_again(world: World) -> None:
    world.embed()
    world.embedder = FakeEmbedder(model_id="fake@2", dimensions=32)
    made = world.embed()
    assert (made.chunks, made.points, made.embedded_now, made.cache_hits) == (3, 3, 3, 0)
    assert {len(p.vector) for p in world.vectors.points["acme"].values()} == {32}


def test_a_cache_that_is_down_costs_time_only(world: World) -> None:
    world.cache = FakeCache(is_down=True)
    made = world.embed()
    assert (made.points, made.cache_hits) == (3, 0)


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"model_id": 3}'])
def test_a_damaged_index_is_made_anew(world: World, damage: bytes) -> None:
    world.embed()
    world.store.put(chunks_key("acme", chunks_version()), damage)
    made = world.embed()
    assert (made.points, made.embedded_now) == (3, 0)
    world.embed()
    assert world.documents_read() == 0


def test_lost_points_come_back(world: World) -> None:
    world.embed()
    world.vectors.points["acme"].popitem()
    made = world.embed()
    assert (made.points, made.embedded_now, made.cache_hits) == (3, 1, 1)


def test_an_org_without_text_has_an_empty_collection() -> None:
    made = World().embed()
    assert (made.chunks, made.points) == (0, 0)


def test_a_search_finds_text_with_its_source(world: World) -> None:
    world.embed()
    [hit] = search_org("acme", "clear space logo", embedder=world.embedder, vectors=world.vectors, limit=1)
    assert hit.payload["text"] == "Keep clear space around the logo."
    assert (hit.payload["file_name"], hit.payload["page"]) == ("guide.pdf", 2)
    assert search_org("other", "clear space", embedder=world.embedder, vectors=world.vectors) == []


def test_a_search_can_be_narrowed(world: World) -> None:
    world.embed()
    hits = search_org("acme", "logo", embedder=world.embedder, vectors=world.vectors, filters={"file_name": "voice.md"})
    assert [hit.payload["file_name"] for hit in hits] == ["voice.md"]


@pytest.mark.parametrize(
    ("query", "limit", "filters"),
    [("", 1, {}), (" ", 1, {}), ("x" * 2001, 1, {}), ("a", 0, {}), ("a", 101, {}), ("a", 1, {"org_id": "b"})],
)
def test_a_bad_search_is_refused(world: World, query: str, limit: int, filters: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        search_org("acme", query, embedder=world.embedder, vectors=world.vectors, limit=limit, filters=filters)


@pytest.mark.parametrize("damage", [lambda kept: b"", lambda kept: kept[:-4], lambda kept: kept[:-1] + b"\x07"])
def test_a_damaged_vector_in_the_cache_is_embedded_again(
    world: World, damage: Callable[[bytes], bytes], caplog: pytest.LogCaptureFixture
) -> None:
    world.embed()
    world.cache.items = {key: damage(kept) for key, kept in world.cache.items.items()}
    world.vectors = FakeVectorStore()
    assert (world.embed().cache_hits, len(world.embedder.calls)) == (0, 3)
    assert "is embedded again" in caplog.text
    world.vectors = FakeVectorStore()
    assert world.embed().cache_hits == 3


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff\x00", b'{"model_id": 7}'])
def test_a_damaged_index_of_points_is_made_anew(world: World, damage: bytes, caplog: pytest.LogCaptureFixture) -> None:
    first = world.embed()
    key = chunks_key("acme", chunks_version())
    whole = world.store.get(key)
    world.store.put(key, damage)
    again = world.embed()
    assert (again.points, again.embedded_now) == (first.points, 0)
    assert world.store.get(key) == whole
    assert "is made anew" in caplog.text

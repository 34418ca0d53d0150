"""Collections beside the evidence: what their points say, and that they hold exactly those."""

from typing import Any

from sgd_assets.canon.model import Canon, Citation, Fact
from sgd_assets.documents.manifest import DocumentsManifest
from sgd_assets.embeddings.examples import example_payload
from sgd_assets.embeddings.guides import guide_payloads
from sgd_assets.embeddings.kept_points import keep_points
from sgd_assets.embeddings.search import search_org
from tests.fakes.cache import FakeCache
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.vectors import FakeVectorStore
from tests.sgd_assets.embeddings.test_embed import World

PLAN: dict[str, Any] = {
    "goal": "announce the summer sale", "headline": "Half price until Friday", "layout": "split", "width_px": 1200,
    "height_px": 628, "palette_hex": ["#0086BF", "#FFFFFF"], "font_family": "Inter", "body": None,
}  # fmt: skip


def example(headline: str, index: int = 0) -> dict[str, Any]:
    return example_payload("r1", index, "a" * 64, "v1", {**PLAN, "headline": headline})


def test_a_picture_is_found_by_what_it_says_and_leads_to_its_render() -> None:
    payload = example_payload("r1", 0, "a" * 64, "v1", PLAN)
    assert payload["text"] == (
        "announce the summer sale\nHalf price until Friday\n"
        "layout split; 1200 x 628 px; font Inter; colours #0086BF, #FFFFFF"
    )
    assert (payload["kind"], payload["render_id"], payload["index"]) == ("design_example", "r1", 0)


def test_a_collection_holds_exactly_what_is_wanted_and_embeds_nothing_twice() -> None:
    embedder, cache, vectors = FakeEmbedder(), FakeCache(), FakeVectorStore()

    def keep(*headlines: str) -> int:
        payloads = [example(headline, index) for index, headline in enumerate(headlines)]
        return keep_points("acme", payloads, embedder=embedder, cache=cache, vectors=vectors)

    assert [keep("one", "two"), keep("one", "two"), keep("one", "two", "three")] == [2, 0, 1]
    assert vectors.upserted == 3
    assert keep("one") == 0
    assert vectors.count("acme") == 1
    [hit] = search_org("acme", "one", embedder=embedder, vectors=vectors)
    assert hit.payload["text"].splitlines()[1] == "one"
    assert search_org("globex", "one", embedder=embedder, vectors=vectors) == []


def test_style_guides_are_the_documents_that_the_canon_cites() -> None:
    world = World()
    world.write("guide.md", "The logo needs clear space", "Write short plain words")
    world.write("report.md", "Sales rose in the north")
    cited = Citation(
        evidence_sha256=world.entries["guide.md"].evidence_sha256, file_name="guide.md", quote="clear space", page=1
    )
    fact = Fact(id="f1", kind="logo_do", value="clear space", method="text", confidence=1, citations=(cited,))
    documents = DocumentsManifest(org_id="acme", documents=tuple(world.entries.values()))
    found = list(guide_payloads(documents, Canon(facts=(fact,)), store=world.store))
    assert [(one["text"], one["page"]) for one in found] == [
        ("The logo needs clear space", 1), ("Write short plain words", 2),
    ]  # fmt: skip
    assert {one["kind"] for one in found} == {"style_guide"}
    assert list(guide_payloads(documents, Canon(), store=world.store)) == []


def test_a_document_whose_record_is_gone_waits_for_the_next_ingest() -> None:
    world = World()
    world.write("guide.md", "The logo needs clear space")
    entry = world.entries["guide.md"]
    world.store.delete(entry.document_key)
    cited = Citation(evidence_sha256=entry.evidence_sha256, file_name="guide.md", quote="x")
    canon = Canon(facts=(Fact(id="f1", kind="logo_do", value="x", method="text", confidence=1, citations=(cited,)),))
    assert list(guide_payloads(DocumentsManifest(org_id="acme", documents=(entry,)), canon, store=world.store)) == []

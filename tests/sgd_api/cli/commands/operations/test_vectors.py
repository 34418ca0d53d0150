"""`sgd vectors rebuild`: all three collections hold what the org has, after a loss and after another model."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
import typer

from sgd_api.cli.commands.operations.vectors import rebuild_collections
from sgd_api.http.services import Services
from sgd_api.http.stored.collections import vectors_of
from sgd_assets.canon.model import Canon, Citation, Fact
from sgd_assets.documents.manifest import DocumentsManifest
from sgd_resources.errors import NotFound, Unavailable
from sgd_resources.lazy import Lazy
from sgd_resources.ports import VectorStore
from sgd_resources.postgres.rows import canon as canon_rows
from sgd_resources.postgres.rows import orgs
from sgd_resources.storage.keys import canon_key, manifest_key
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.object_store import FakeObjectStore
from tests.fakes.vectors import FakeVectorStore
from tests.sgd_api.http.routes.test_search import rendered
from tests.sgd_assets.embeddings.test_embed import World

WHOLE = {"brand_assets": 4, "design_examples": 1, "style_guides": 2}
NOTHING = dict.fromkeys(WHOLE, 0)


@pytest.fixture
def filled(app_services: Services) -> Services:
    """acme has a guide that its canon cites, a report that it does not, one picture that passed, and another."""
    world = World()
    world.write("guide.md", "The logo needs clear space", "Write short plain words")
    world.write("report.md", "Sales rose in the north")
    cited = Citation(
        evidence_sha256=world.entries["guide.md"].evidence_sha256, file_name="guide.md", quote="clear space", page=1
    )
    canon = Canon(
        facts=(Fact(id="f1", kind="logo_do", value="clear space", method="text", confidence=1, citations=(cited,)),)
    )
    key = canon_key("acme", canon.version)
    documents = DocumentsManifest(org_id="acme", documents=tuple(world.entries.values()))
    world.store.put(key, canon.canonical_json())
    world.store.put(manifest_key("acme", "brand_canon"), canon.canonical_json())
    world.store.put(manifest_key("acme", "parsed_documents"), documents.model_dump_json().encode())
    with app_services.database.org_transaction("acme") as connection:
        orgs.ensure_org(connection, "acme")
        canon_rows.insert_version(
            connection, "acme", version=canon.version, status="complete", key=key, palette=[], fonts=[]
        )
    rendered(app_services, "Half price until Friday")
    rendered(app_services, "Half price for ever", "off_palette")
    return replace(app_services, store=world.store)


def held(services: Services, org_id: str = "acme") -> dict[str, int]:
    return {
        kind: vectors_of(services, kind).count(org_id)
        for kind in ("brand_assets", "design_examples", "style_guides")
    }  # fmt: skip


def lose_all(services: Services) -> None:
    for kind in ("brand_assets", "design_examples", "style_guides"):
        vectors_of(services, kind).drop("acme")
    assert held(services) == NOTHING


def test_every_collection_is_made_of_documents_canon_and_pictures_and_again_after_a_loss(
    filled: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rebuild_collections(filled, None, is_told=True) == {"acme": WHOLE}
    assert held(filled) == WHOLE
    told = capsys.readouterr().out
    assert "design_examples 1 points, 1 of them new" in told
    assert "style_guides 2 points, 2 of them new" in told
    rebuild_collections(filled, "acme", is_told=True)
    assert "style_guides 2 points, 0 of them new" in capsys.readouterr().out
    lose_all(filled)
    assert rebuild_collections(filled, "acme", is_told=False) == {"acme": WHOLE}
    assert capsys.readouterr().out == ""


def test_after_another_model_every_collection_holds_its_vectors_alone(filled: Services) -> None:
    rebuild_collections(filled, None, is_told=False)
    other = replace(filled, embedder=Lazy(lambda: FakeEmbedder(model_id="other", dimensions=24)))
    assert rebuild_collections(other, None, is_told=False) == {"acme": WHOLE}
    for kind in ("brand_assets", "design_examples", "style_guides"):
        store = vectors_of(other, kind)
        assert isinstance(store, FakeVectorStore)
        assert {(point.payload["model_id"], len(point.vector)) for point in store.points["acme"].values()} == {
            ("other", 24)
        }


def test_what_is_gone_leaves_the_collections(filled: Services) -> None:
    rebuild_collections(filled, None, is_told=False)
    store = filled.store
    assert isinstance(store, FakeObjectStore)
    store.put(manifest_key("acme", "parsed_documents"), DocumentsManifest(org_id="acme").model_dump_json().encode())
    assert rebuild_collections(filled, None, is_told=False)["acme"] == {
        "brand_assets": 1, "design_examples": 1, "style_guides": 0,
    }  # fmt: skip


def test_an_org_without_a_canon_is_passed_over_unless_it_is_named(filled: Services) -> None:
    filled.store.put("org/globex/evidence/x", b"x")
    assert set(rebuild_collections(filled, None, is_told=False)) == {"acme"}
    with pytest.raises(NotFound):
        rebuild_collections(filled, "globex", is_told=False)


@contextmanager
def failing(services: Services, kind: str) -> Iterator[Services]:
    class Away(FakeVectorStore):
        def point_ids(self, org_id: str) -> set[str]:
            raise Unavailable("the vector store is away")

    away: Lazy[VectorStore] = Lazy(Away)
    if kind == "brand_assets":
        yield replace(services, vectors=away)
    else:
        yield replace(services, collections={**services.collections, kind: away})


@pytest.mark.parametrize("kind", ["brand_assets", "design_examples", "style_guides"])
def test_an_org_that_fails_in_any_collection_is_named_and_the_exit_code_is_1(
    filled: Services, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with failing(filled, kind) as broken, pytest.raises(typer.Exit) as ended:
        rebuild_collections(broken, None, is_told=True)
    assert ended.value.exit_code == 1
    assert "acme: the vector store is away" in capsys.readouterr().err

"""Deriving: the same everywhere, one new document re-reads one, the sample kit in full."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sgd_assets.canon.derive import claims_version, derive_canon, derive_org_canon, extract_claims
from sgd_assets.canon.facts.claims import DocumentClaims
from sgd_assets.canon.model import Canon
from sgd_assets.documents.manifest import DocumentEntry, DocumentsManifest
from sgd_assets.documents.shelf import DocumentShelf
from sgd_resources.parsed_document import ParsedDocument
from sgd_resources.parsers.select import LocalParser
from sgd_resources.storage.keys import claims_key
from tests.brands.dev_set import read_evidence
from tests.fakes.object_store import FakeObjectStore
from tests.sgd_assets.canon.made_evidence import read

ROOT = Path(__file__).resolve().parents[3]
KITS = ROOT / "sgd_api" / "samples" / "kits"
GUIDE = "# Colours\n\n- Lake `#005F73`\n- Coral `#EE6C4D`\n\n# Typography\n\nOur brand font is Lato.\n"
VOICE = "# Voice and tone\n\nWarm, plain and practical.\n\n- Use short words.\n"


def stored(store: FakeObjectStore, name: str, document: ParsedDocument) -> DocumentEntry:
    key = f"org/acme/documents/{document.evidence_sha256}.json"
    store.put(key, document.model_dump_json().encode())
    return DocumentEntry(
        evidence_sha256=document.evidence_sha256,
        file_name=name,
        media_type=document.media_type,
        evidence_key=f"org/acme/evidence/{document.evidence_sha256}",
        document_key=key,
        parser=document.parser,
        parser_version=document.parser_version,
        pages=0,
        text_blocks=len(document.text_blocks),
        colours=len(document.colours),
        fonts=len(document.fonts),
        images=0,
    )


def test_claims_survive_a_round_trip_through_json() -> None:
    claims = extract_claims(read("guide.md", GUIDE + VOICE), "guide.md")
    assert DocumentClaims.model_validate(json.loads(claims.model_dump_json())) == claims


def test_one_new_document_is_the_only_one_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    store = FakeObjectStore()
    first = stored(store, "guide.md", read("guide.md", GUIDE))
    second = stored(store, "voice.md", read("voice.md", VOICE))
    shelf = DocumentShelf(store, LocalParser)
    derive_org_canon(DocumentsManifest(org_id="acme", documents=(first,)), store=store, shelf=shelf)
    asked: list[str] = []
    plain_get = store.get

    def get(key: str) -> bytes:
        asked.append(key)
        return plain_get(key)

    monkeypatch.setattr(store, "get", get)
    canon = derive_org_canon(DocumentsManifest(org_id="acme", documents=(first, second)), store=store, shelf=shelf)
    assert [key for key in asked if "/documents/" in key] == [second.document_key]
    assert canon.status == "complete"


def test_stored_claims_and_fresh_claims_give_the_same_canon() -> None:
    store = FakeObjectStore()
    entries = (stored(store, "guide.md", read("guide.md", GUIDE)), stored(store, "voice.md", read("voice.md", VOICE)))
    manifest = DocumentsManifest(org_id="acme", documents=entries)
    shelf = DocumentShelf(store, LocalParser)
    fresh = derive_org_canon(manifest, store=store, shelf=shelf)
    assert derive_org_canon(manifest, store=store, shelf=shelf).version == fresh.version
    assert (
        derive_canon([("voice.md", read("voice.md", VOICE)), ("guide.md", read("guide.md", GUIDE))]).version
        == fresh.version
    )


@pytest.mark.slow
def test_two_processes_with_other_hash_seeds_give_the_same_version() -> None:
    program = (
        "from tests.sgd_assets.canon.made_evidence import canon_of\n"
        f"print(canon_of(guide_md={GUIDE!r}, voice_md={VOICE!r}).version)"
    )
    versions = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(versions) == 1


def test_what_is_not_stated_leaves_the_canon_incomplete_and_says_so() -> None:
    canon = derive_canon([("guide.md", read("guide.md", GUIDE))])
    assert canon.status == "incomplete"
    assert {item.what for item in canon.abstained} == {"voice", "logo_safe_zone"}


def test_hidden_text_is_no_evidence() -> None:
    page = '<h1>Colours</h1><p>#005F73</p><p>#EE6C4D</p><p style="display:none">#FF0000</p>'
    assert derive_canon([("c.html", read("c.html", page))]).palette_hex == ("#005F73", "#EE6C4D")


@pytest.fixture(scope="module", params=sorted(path.name for path in KITS.iterdir() if (path / "truth.json").is_file()))
def kit(request: pytest.FixtureRequest) -> tuple[Canon, dict[str, object]]:
    """Canon of an invented brand of the sample kit, and what its guide says."""
    folder = KITS / str(request.param)
    truth: dict[str, object] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return derive_canon(read_evidence(folder)), truth


def test_the_sample_kit_is_read_in_full(kit: tuple[Canon, dict[str, object]]) -> None:
    canon, truth = kit
    assert list(canon.palette_hex) == truth["palette_hex"]
    assert list(canon.fonts) == truth["fonts"]
    assert canon.status == "complete"
    assert canon.voice is not None
    stated = truth["voice"]
    assert isinstance(stated, dict)
    assert canon.voice.tone == stated["tone"]
    assert list(canon.voice.dos) == stated["dos"]
    assert list(canon.voice.donts) == stated["donts"]
    assert canon.logo_safe_zone == truth["logo_safe_zone"]


def test_the_sample_kit_keeps_its_inks_and_spot_colours(kit: tuple[Canon, dict[str, object]]) -> None:
    canon, truth = kit
    stated = truth["colours"]
    assert isinstance(stated, list)
    facts = {fact.value: fact.colour for fact in canon.facts if fact.kind == "colour"}
    for colour in stated:
        value = facts[colour["hex"]]
        assert value is not None
        assert value.name == colour["name"]
        assert list(value.cmyk or ()) == colour["cmyk"]
        assert value.spot_names == ((colour["spot"],) if colour["spot"] else ())


def test_the_sample_kit_disagrees_with_itself_nowhere(kit: tuple[Canon, dict[str, object]]) -> None:
    assert kit[0].conflicts == ()


def _edited(body: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    claims = json.loads(body)
    for claim in claims.values():
        change(claim)
    return json.dumps(claims).encode()


@pytest.mark.parametrize(
    "damage",
    [
        lambda body: b"",
        lambda body: body[: len(body) // 2],
        lambda body: b"[]",
        lambda body: b'{"x": ' + b"[" * 5000,
        lambda body: b"\xff\x00",
        lambda body: _edited(body, lambda claim: claim.pop("file_name")),
        lambda body: _edited(body, lambda claim: claim.update(evidence_sha256="0" * 64)),
        lambda body: _edited(body, lambda claim: claim.update(claims_version="19")),
        lambda body: _edited(body, lambda claim: claim.update(colours=[{"hex": "blue"}])),
    ],
)
def test_claims_that_are_damaged_are_read_anew(
    damage: Callable[[bytes], bytes], caplog: pytest.LogCaptureFixture
) -> None:
    store = FakeObjectStore()
    entries = (stored(store, "guide.md", read("guide.md", GUIDE)), stored(store, "voice.md", read("voice.md", VOICE)))
    manifest, shelf = DocumentsManifest(org_id="acme", documents=entries), DocumentShelf(store, LocalParser)
    fresh = derive_org_canon(manifest, store=store, shelf=shelf)
    key = claims_key("acme", claims_version())
    whole = store.get(key)
    store.put(key, damage(whole))
    assert derive_org_canon(manifest, store=store, shelf=shelf) == fresh
    assert store.get(key) == whole
    assert "anew" in caplog.text


def test_claims_of_evidence_that_was_taken_back_are_forgotten() -> None:
    store = FakeObjectStore()
    entries = (stored(store, "guide.md", read("guide.md", GUIDE)), stored(store, "voice.md", read("voice.md", VOICE)))
    shelf = DocumentShelf(store, LocalParser)
    derive_org_canon(DocumentsManifest(org_id="acme", documents=entries), store=store, shelf=shelf)
    derive_org_canon(DocumentsManifest(org_id="acme", documents=entries[:1]), store=store, shelf=shelf)
    assert len(json.loads(store.get(claims_key("acme", claims_version())))) == 1

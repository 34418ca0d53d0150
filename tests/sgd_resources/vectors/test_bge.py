"""The sentence-transformers embedder, on a tiny random XLM-R that the test saves (no download)."""

import math
from pathlib import Path

import pytest

pytest.importorskip("sentence_transformers", reason="the extra [bge] is not installed (it brings torch, over 1 GB)")

from sgd_resources.errors import Unavailable
from sgd_resources.vectors.bge import SentenceTransformersEmbedder

DIMENSIONS = 1024
"""As BAAI/bge-m3."""


def save_tiny_model(folder: Path, *, seed: int) -> str:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from transformers import PreTrainedTokenizerFast, XLMRobertaConfig, XLMRobertaModel

    torch.manual_seed(seed)
    words = ["<s>", "<pad>", "</s>", "<unk>", "logo", "colour", "voice"]
    tokenizer = Tokenizer(WordLevel({word: n for n, word in enumerate(words)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = Whitespace()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token="<s>",
        eos_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        cls_token="<s>",
    )
    config = XLMRobertaConfig(
        vocab_size=len(words), hidden_size=DIMENSIONS, num_hidden_layers=1, num_attention_heads=4, intermediate_size=64,
        max_position_embeddings=66, pad_token_id=1,
    )  # fmt: skip
    base = folder / "base"
    XLMRobertaModel(config).save_pretrained(base)
    fast.save_pretrained(base)
    word_model = Transformer(str(base), max_seq_length=64)
    pooling = Pooling(DIMENSIONS, pooling_mode="cls")
    whole = folder / f"tiny-{seed}"
    SentenceTransformer(modules=[word_model, pooling], device="cpu").save(str(whole))
    return str(whole)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


def test_a_saved_model_embeds_to_its_own_dimensions(folder: Path) -> None:
    embedder = SentenceTransformersEmbedder(save_tiny_model(folder, seed=1))
    vectors = embedder.embed(["logo colour", "voice"])
    assert embedder.dimensions == DIMENSIONS
    assert [len(vector) for vector in vectors] == [DIMENSIONS, DIMENSIONS]
    assert all(math.isclose(math.hypot(*vector), 1, abs_tol=1e-4) for vector in vectors)


def test_other_weights_are_another_model(folder: Path) -> None:
    first, second = (SentenceTransformersEmbedder(save_tiny_model(folder, seed=n)) for n in (1, 2))
    again = SentenceTransformersEmbedder(str(folder / "tiny-1"))
    assert first.model_id == again.model_id
    assert first.model_id != second.model_id


def test_a_model_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(Unavailable):
        SentenceTransformersEmbedder(str(tmp_path / "empty")).embed(["x"])

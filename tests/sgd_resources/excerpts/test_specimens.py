import io

import pytest
from fontTools.ttLib import TTFont

from sgd_resources.excerpts.specimens import subset_font
from sgd_resources.font_shelf import font_shelf

pytestmark = pytest.mark.slow


def font(family: str = "Jost", fs_type: int = 0) -> bytes:
    data = font_shelf().file_bytes(family, weight=400)
    assert data is not None
    with TTFont(io.BytesIO(data)) as opened:
        opened["OS/2"].fsType = fs_type
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


def test_only_the_characters_asked_for_are_kept() -> None:
    head, blobs = subset_font(font(), {"text": "Abc"})
    with TTFont(io.BytesIO(blobs[0])) as cut:
        assert set(cut.getBestCmap()) == {ord(c) for c in "Abc"}
    assert blobs[0][:4] == b"wOF2"
    assert head["may_embed"]


@pytest.mark.parametrize("fs_type", [0x0002, 0x0200])
def test_a_font_that_forbids_embedding_is_not_given_out(fs_type: int) -> None:
    head, blobs = subset_font(font(fs_type=fs_type), {"text": "Abc"})
    assert not head["may_embed"]
    assert blobs == ()


@pytest.mark.parametrize("fs_type", [0x0000, 0x0004, 0x0008, 0x0006])
def test_a_font_that_allows_viewing_is_embedded(fs_type: int) -> None:
    assert len(subset_font(font(fs_type=fs_type), {"text": "Abc"})[1]) == 1


@pytest.mark.slow
def test_a_font_that_forbids_subsetting_is_kept_whole() -> None:
    _, blobs = subset_font(font(fs_type=0x0100), {"text": "Abc"})
    with TTFont(io.BytesIO(blobs[0])) as kept:
        assert len(kept.getBestCmap()) > 100


def test_the_weights_of_a_variable_font_are_told() -> None:
    head, _ = subset_font(font(), {"text": "Abc"})
    assert head["is_variable"]
    assert head["weight_range"][0] < 400 < head["weight_range"][1]

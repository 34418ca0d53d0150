"""What changed between two canons."""

from hypothesis import given
from hypothesis import strategies as st

from sgd_assets.canon.compare import compare_canons
from sgd_assets.canon.model import Canon, Voice

COLOURS = st.lists(st.sampled_from(["#000000", "#FFFFFF", "#FF0000", "#00FF00"]), unique=True).map(tuple)


def test_added_removed_and_reordered_values_are_told_apart() -> None:
    before = Canon(palette_hex=("#000000", "#FF0000", "#FFFFFF"), voice=Voice(tone="warm", dos=("a",)))
    after = Canon(palette_hex=("#FFFFFF", "#000000", "#00FF00"), logo_safe_zone="1 x", voice=Voice(dos=("a",)))
    found = compare_canons(before, after)
    assert (found.palette_hex.added, found.palette_hex.removed) == (("#00FF00",), ("#FF0000",))
    assert found.palette_hex.is_reordered
    assert found.voice_tone == ("warm", None)
    assert found.voice_dos.is_empty
    assert found.logo_safe_zone == (None, "1 x")


def test_logo_rules_that_came_and_went_are_told_by_their_side() -> None:
    before = Canon(logo_dos=("Keep it clear.",), logo_donts=("Do not tilt it.", "Do not stretch it."))
    found = compare_canons(before, Canon(logo_dos=("Keep it clear.",), logo_donts=("Do not tilt it.",)))
    assert found.logo_dos.is_empty
    assert found.logo_donts.removed == ("Do not stretch it.",)


@given(COLOURS)
def test_a_canon_differs_from_itself_in_nothing(palette: tuple[str, ...]) -> None:
    canon = Canon(palette_hex=palette)
    found = compare_canons(canon, canon)
    assert found.palette_hex.is_empty
    assert found.voice_tone is None


@given(COLOURS, COLOURS)
def test_the_way_back_adds_what_the_way_there_removed(one: tuple[str, ...], two: tuple[str, ...]) -> None:
    there = compare_canons(Canon(palette_hex=one), Canon(palette_hex=two)).palette_hex
    back = compare_canons(Canon(palette_hex=two), Canon(palette_hex=one)).palette_hex
    assert set(there.added) == set(back.removed)
    assert set(there.removed) == set(back.added)
    assert there.is_reordered == back.is_reordered

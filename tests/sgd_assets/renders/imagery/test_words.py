"""Words of a brief against words of a file."""

import pytest

from sgd_assets.renders.imagery.words import fit, stems_of


@pytest.mark.parametrize(
    ("wanted", "name", "share"),
    [
        ("a runner at dawn on a bridge", "runners_dawn-bridge_03", 1.0),
        ("a runner at dawn on a bridge", "bridge-by-night", 1 / 3),
        ("children playing", "childrenAtPlay", 1.0),
        ("Berge im Winter", "winterberge-panorama", 1.0),
        ("un café à Paris", "cafe-paris", 1.0),
        ("橋の上のランナー", "橋の上", 2 / 7),
        ("a red car", "team-office", 0.0),
    ],
)
def test_the_share_of_words_that_a_file_has_is_found_across_plurals_accents_and_compounds(
    wanted: str, name: str, share: float
) -> None:
    assert fit(stems_of(wanted), stems_of(name)) == pytest.approx(share)


def test_words_that_tell_nothing_do_not_count() -> None:
    assert stems_of("a photo showing the IMG_1234") == ()
    assert fit((), stems_of("anything")) == 0.0

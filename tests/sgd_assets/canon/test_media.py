"""The same guide in another medium gives the same canon."""

import pytest

from sgd_assets.canon.derive import derive_canon
from sgd_assets.canon.model import Canon
from tests.sgd_assets.canon.guide_in_media import MEDIA, SECTIONS
from tests.sgd_assets.canon.made_evidence import read


def canon_in(medium: str) -> Canon:
    name, make = MEDIA[medium]
    return derive_canon([(name, read(name, make()))])


@pytest.mark.slow
@pytest.mark.parametrize("medium", sorted(MEDIA))
def test_a_guide_gives_the_same_canon_in_every_medium(medium: str) -> None:
    canon = canon_in(medium)
    assert canon.palette_hex == ("#A8432B", "#2F4858", "#EADBC1")
    assert canon.fonts == ("Cormorant Garamond", "Public Sans", "Fira Mono")
    assert canon.voice is not None
    assert canon.voice.tone == "Our voice is warm, plain and exact."
    assert canon.voice.dos == ("Write to one reader", "Name the maker", "Keep sentences short")
    assert canon.voice.donts == ("Use jargon", "Shout in capitals", "Promise what we cannot keep")
    assert canon.logo_safe_zone == SECTIONS[-1][1][0][1]


@pytest.mark.slow
@pytest.mark.parametrize("medium", sorted(set(MEDIA) - {"markdown"}))
def test_roles_come_from_the_columns_of_a_table_in_every_medium(medium: str) -> None:
    def roles(canon: Canon) -> list[tuple[str, str | None]]:
        return [(fact.value, fact.role) for fact in canon.facts if fact.kind == "colour"]

    assert roles(canon_in(medium)) == roles(canon_in("markdown"))

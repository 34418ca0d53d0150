"""A refactoring changes no canon and no picture of the sample kits."""

import json

import pytest

from tests.kits.seen import EXPECTED, seen_of, slugs


@pytest.mark.slow  # reads two brand kits and draws ten pictures
@pytest.mark.parametrize("slug", slugs())
def test_a_kit_gives_the_canon_and_the_pictures_that_it_gave_before(slug: str) -> None:
    expected = json.loads(EXPECTED.read_text("utf-8"))
    assert seen_of(slug) == expected[slug], (
        "the kit's canon or pictures changed; where that is meant: python -m tests.kits --write, "
        "and say in the commit and the changelog what changed for whom"
    )


def test_every_kit_is_held_to_something() -> None:
    assert sorted(json.loads(EXPECTED.read_text("utf-8"))) == slugs()

"""The fuzz target itself works on its seeds."""

import pytest

from tests.fuzz.__main__ import SEEDS, one


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("seed", SEEDS, ids=range(len(SEEDS)))
def test_every_seed_keeps_the_promises(seed: bytes) -> None:
    one(seed)

"""The gates of the hybrid evaluation keep the local canon when a model is slow or dear."""

import pytest

from sgd_assets.canon.assist import Assisted
from sgd_assets.canon.model import Canon
from tests.brands.hybrid import kept

LOCAL, ASSISTED = Canon(), Canon(palette_hex=("#005F73",))


@pytest.mark.parametrize(
    ("latency_ms", "cost_usd_micros", "pages", "chosen"),
    [(5_000, 20_000, 2, ASSISTED), (6_000, 20_000, 2, LOCAL), (100, 50_000, 2, LOCAL)],
)
def test_a_failed_gate_keeps_the_local_canon(latency_ms: int, cost_usd_micros: int, pages: int, chosen: Canon) -> None:
    result = Assisted(ASSISTED, True, "", (), cost_usd_micros, latency_ms)
    assert kept(LOCAL, result, pages) == chosen

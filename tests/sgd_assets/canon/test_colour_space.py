import random

import pytest
from coloraide import Color

from sgd_assets.canon.colour_space import delta_e_2000


def test_differences_are_those_of_the_reference_implementation() -> None:
    source = random.Random(7)
    pairs = [tuple(f"#{source.randrange(0x1000000):06X}" for _ in range(2)) for _ in range(300)]
    pairs += [("#000000", "#FFFFFF"), ("#808080", "#808080"), ("#7F7F7F", "#0086BF"), ("#FF0000", "#00FFFF")]
    for first, second in pairs:
        expected = Color(first).delta_e(Color(second), method="2000", space="lab-d65")
        assert delta_e_2000(first, second) == pytest.approx(expected, abs=1e-6)
        assert delta_e_2000(first, second) == delta_e_2000(second, first)

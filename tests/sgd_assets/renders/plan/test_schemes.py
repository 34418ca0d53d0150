from sgd_assets.renders.plan.schemes import schemes
from sgd_resources.colour import contrast


def test_every_scheme_carries_legible_text_and_the_first_uses_the_primary() -> None:
    found = schemes(("#1E4D3A", "#F2A62B", "#F7F0E3", "#22261F"), {})
    assert found[0].background == "#1E4D3A"
    assert all(contrast(scheme.text, scheme.background) >= 4.5 for scheme in found)


def test_the_mood_orders_the_grounds() -> None:
    palette = ("#1E4D3A", "#F2A62B", "#F7F0E3", "#22261F")
    assert schemes(palette, {}, mood="light")[0].background == "#F7F0E3"
    assert schemes(palette, {}, mood="dark")[0].background == "#22261F"

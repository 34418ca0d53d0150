"""Shades among the variables of invented brands."""

from tests.sgd_assets.canon.made_evidence import canon_of


def test_variants_of_a_named_variable_are_its_shades() -> None:
    names = {"lantern": "#D8451F", "canal": "#1F6FB2"}
    steps = {"light": "#FBE3DC", "medium-light": "#F2B5A4", "dark": "#8C2408"}
    lines = [f"  --color-{name}: {value};" for name, value in names.items()]
    lines += [f"  --color-lantern-{step}: {value};" for step, value in steps.items()]
    sheet = ":root {\n" + "\n".join(lines) + "\n}\n"
    assert set(canon_of(**{"brand.css": sheet}).palette_hex) == set(names.values())


def test_shades_may_be_told_by_a_capital_or_stand_beside_their_main_value() -> None:
    tokens = (
        '{"brand": {"primary": {"main": "#25506B", "light": "#5F8AA6", "dark": "#12303F"},'
        ' "accent": "#E2A23B", "accentLight": "#F4D9A8"}}'
    )
    assert set(canon_of(**{"tokens.json": tokens}).palette_hex) == {"#25506B", "#E2A23B"}

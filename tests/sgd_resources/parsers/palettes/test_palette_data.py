"""YAML, TOML and GIMP palettes of invented brands."""

from tests.sgd_resources.parsers.parsing import parse

_GIMP = "GIMP Palette\nName: Windmill\nColumns: 2\n# ours\n 12  80 130\tDelft\n250 240 220 Sail\n300 0 0 wrong\n"


def test_yaml_is_read_as_tokens_with_its_lines() -> None:
    document = parse("brand:\n  colors:\n    delft: '#0C5082'\n    sail: '#FAF0DC'\n", "text/plain", ".yml")
    assert [(use.name, use.hex, use.location.line) for use in document.colours] == [
        ("brand.colors.delft", "#0C5082", 3),
        ("brand.colors.sail", "#FAF0DC", 4),
    ]


def test_toml_is_read_as_tokens_and_broken_files_as_text() -> None:
    assert [use.name for use in parse('[colors]\ndelft = "#0C5082"\n', "text/plain", ".toml").colours] == [
        "colors.delft"
    ]
    assert parse("[colors\nThe colour is #0C5082", "text/plain", ".toml").colours[0].source == "text"


def test_aliases_are_not_followed() -> None:
    bomb = "a: &a ['#112233']\n" + "".join(f"b{i}: &b{i} [*a, *a]\n" for i in range(20))
    assert len(parse(bomb, "text/plain", ".yaml").colours) <= 2


def test_a_gimp_palette_names_its_rows() -> None:
    document = parse(_GIMP, "text/plain", ".gpl")
    assert document.title == "Windmill"
    assert [(use.name, use.hex, use.location.line) for use in document.colours] == [
        ("Delft", "#0C5082", 5),
        ("Sail", "#FAF0DC", 6),
    ]


def test_a_brand_yml_names_its_families_by_use() -> None:
    written = (
        "typography:\n  fonts:\n    - family: Karla\n      source: google\n  base: Karla\n"
        "  headings:\n    family: Quorum Slab\n    weight: 600\n  monospace: Fira Code\n  body: 16px\n"
    )
    document = parse(written, "text/plain", ".yml")
    assert [font.family for font in document.fonts] == ["Karla", "Karla", "Quorum Slab", "Fira Code"]

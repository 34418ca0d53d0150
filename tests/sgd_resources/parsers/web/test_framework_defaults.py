import pytest

from sgd_resources.parsers.web.framework_defaults import is_framework_default
from tests.sgd_resources.parsers.parsing import parse


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("--bs-primary", "#0D6EFD"),
        ("--primary", "#007BFF"),
        ("--wp--preset--color--vivid-red", "#CF2E2E"),
        ("--e-global-color-accent", "#61CE70"),
    ],
)
def test_what_a_framework_ships_is_told_from_what_a_brand_sets(variable: str, value: str) -> None:
    assert is_framework_default(variable, value)
    assert not is_framework_default(variable, "#0A2540")
    assert not is_framework_default("--brand-primary", value)
    sheet = f":root {{ {variable}: {value}; --brand: {value.lower()} }}"
    assert [use.name for use in parse(sheet, "text/css", ".css").colours] == ["--brand"]

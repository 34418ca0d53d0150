import base64
import hashlib

import pytest

from sgd_api.canon_page.specimens import FontFile
from sgd_api.canon_page.styles import colour_class, content_policy, style_sheet
from sgd_resources.errors import BrokenContract


@pytest.mark.parametrize("value", ["red", "#12345", "#1E4D3A}body{display:none", "#1E4D3A\n", ""])
def test_only_hex_colours_enter_the_style_sheet(value: str) -> None:
    with pytest.raises(BrokenContract):
        colour_class(value)


def test_the_policy_allows_this_style_sheet_and_no_other_load() -> None:
    style = str(style_sheet(["#1E4D3A"], (), (FontFile("page", (100, 900), b"wOF2x"),)))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = content_policy(style)
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "script" not in policy
    assert ".bg-1E4D3A{background-color:#1E4D3A}" in style
    assert "font-weight:100 900" in style


def test_the_fixed_part_loads_nothing() -> None:
    style = str(style_sheet([], (), ()))
    assert "url(" not in style
    assert "@import" not in style
    assert "</" not in style

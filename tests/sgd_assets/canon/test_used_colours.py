"""Colours that invented style sheets define: what their comments say of them."""

from tests.sgd_assets.canon.made_evidence import canon_of

_SHEET = """\
// Primary colours
// ---------------
$ember: #D9480F;
$soot: #22252B;

// Secondary colours
$moss: #5C7C4A;
$fog: #C9D3D8;

// Social media
$chirp: #1DA1F2;

$page-rule: #8899AA;
"""


def test_a_comment_over_variables_says_which_set_they_are() -> None:
    assert canon_of(**{"colors.scss": _SHEET}).palette_hex == ("#D9480F", "#22252B")


def test_a_comment_ends_with_its_group() -> None:
    sheet = ".status {\n  // Status\n  --ok: #2B8A3E;\n}\n:root {\n  --lilac: #B197FC;\n  --brick: #A52A2A;\n}\n"
    assert set(canon_of(**{"colors.css": sheet}).palette_hex) == {"#B197FC", "#A52A2A"}


def test_a_set_titled_extended_stands_behind_also_where_all_names_begin_with_brand() -> None:
    sheet = (
        "// Brand palette\n$brand-rust: #B7410E;\n$brand-pine: #01796F;\n\n"
        "// Extended palette\n$brand-sand: #E4D5B7;\n\n// Text colours\n$text-strong: #3A2E2A;\n"
    )
    assert canon_of(**{"_variables.scss": sheet}).palette_hex == ("#B7410E", "#01796F")

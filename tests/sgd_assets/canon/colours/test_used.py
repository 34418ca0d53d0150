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


def test_variables_without_a_colours_name_are_a_set_by_the_comment_above_them() -> None:
    sheet = "// Primary\n$x-ember: #D9480F;\n$x-soot: #22252B;\n\n// Secondary\n$x-moss: #5C7C4A;\n"
    assert canon_of(**{"base.scss": sheet}).palette_hex == ("#D9480F", "#22252B")


def test_a_rectangle_along_the_edges_is_the_artboards_frame() -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200">'
        '<rect x="0.5" y="0.5" width="399" height="199" stroke="#D8D8D8"{}/>'
        '<path d="M90 40h60v60z" fill="#7A1FA2"/></svg>'
    )
    assert canon_of(**{"logo.svg": drawing.format("")}).palette_hex == ("#7A1FA2",)
    assert canon_of(**{"logo.svg": drawing.format(' rx="20"')}).palette_hex == ("#7A1FA2", "#D8D8D8")


def test_the_button_of_a_shops_scheme_is_its_accent_and_a_button_elsewhere_is_not() -> None:
    scheme = '{"color_schemes": {"scheme-1": {"settings": {"text": "#0A2541", "button": "#FF5A60"}}}}'
    assert set(canon_of(settings_json=scheme).palette_hex) == {"#0A2541", "#FF5A60"}
    tokens = '{"color": {"brand": "#0A2541", "lake": "#2A9D8F", "button": "#FF5A60"}}'
    assert "#FF5A60" not in canon_of(tokens_json=tokens).palette_hex

"""Tokens of invented brands that name tokens of other files."""

from tests.sgd_assets.canon.made_evidence import canon_of

_BASE = '{"color": {"base": {"moss": {"value": "#2F6B3C"}, "clay": {"value": "#B5562C"}, "ice": {"value": "#DCEBF2"}}}}'
_ROLES = (
    '{"color": {"accent": {"value": "{color.base.moss}"}, "primary": {"value": "{color.base.clay.value}"},'
    ' "gone": {"value": "{color.base.lost}"}, "lead": {"value": "{color.primary}"}}}'
)


def test_a_name_in_one_file_takes_the_colour_of_another() -> None:
    canon = canon_of(**{"tokens/base.json": _BASE, "tokens/roles.json": _ROLES})
    assert canon.palette_hex[0] == "#B5562C"
    assert set(canon.palette_hex) == {"#B5562C", "#2F6B3C", "#DCEBF2"}
    lead = next(fact for fact in canon.facts if fact.value == "#B5562C")
    assert "{color.base.clay.value}" in {citation.quote for citation in lead.citations}


def test_the_shade_that_another_sheet_calls_primary_leads_its_ramp() -> None:
    steps = {"100": "#D6E4F5", "300": "#84AEE0", "500": "#2F74C4", "700": "#1B4A82", "900": "#0B2444"}
    base = "".join(f"$sea-{step}: {value};\n" for step, value in steps.items())
    sheets = {"_colors.scss": base, "_theme.scss": "$primary: $sea-700;\n$accent: #E2A23B;\n"}
    assert canon_of(**sheets).palette_hex == ("#1B4A82", "#E2A23B")


def test_references_leave_out_the_set_that_holds_their_target() -> None:
    tokens = (
        '{"global": {"colors": {"tar": {"value": "#1E1F26", "type": "color"}, "sun": {"value": "#F2B705", "type":'
        ' "color"}}}, "light": {"primary": {"value": "{colors.sun}", "type": "color"}}}'
    )
    assert canon_of(**{"tokens.json": tokens}).palette_hex[0] == "#F2B705"


def test_names_that_go_in_circles_end() -> None:
    one = '{"color": {"a": {"value": "{color.b}"}}}'
    other = '{"color": {"b": {"value": "{color.a}"}, "c": {"value": "#112244"}}}'
    assert canon_of(**{"one.json": one, "other.json": other}).palette_hex == ("#112244",)

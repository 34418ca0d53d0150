import numpy as np
import pytest

from sgd_assets.renders.compose.draw import logo_element
from sgd_assets.renders.compose.logos import choose_logo
from sgd_assets.renders.compose.scene import LogoPlacement
from sgd_assets.renders.plan.logo_choice import has_small_print, logo_in
from sgd_assets.renders.plan.schemes import scheme_on
from tests.sgd_assets.renders.brand import SampleBrand
from tests.sgd_assets.renders.laying import PAINTER

pytestmark = pytest.mark.slow


def _svg(body: str, size: str = 'viewBox="0 0 200 100"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{body}</svg>'.encode()


def _brand_with(files: dict[str, bytes]) -> SampleBrand:
    brand = SampleBrand("larkfold")
    brand.items.clear()
    for name, data in files.items():
        brand.add(name, data)
    return brand


def _found(files: dict[str, bytes]) -> list[str]:
    brand = _brand_with(files)
    return [art.file_name for art in brand.files.kit.logos]


MARK = _svg('<rect x="50" y="25" width="100" height="50" fill="#1E4D3A"/>')


def test_pictures_of_rules_and_misuse_are_not_logos() -> None:
    names = ["logo.svg", "logo-clearspace.svg", "logo misuse 3.svg", "palette.svg", "slide-cover.svg", "photo.svg"]
    assert _found({name: MARK.replace(b"1E4D3A", f"1E4D{i:02X}".encode()) for i, name in enumerate(names)}) == [
        "logo.svg"
    ]


def test_the_ink_box_leaves_out_padding() -> None:
    brand = _brand_with({"logo.svg": MARK})
    art = brand.files.kit.logos[0]
    assert [round(value, 2) for value in art.ink] == [0.25, 0.25, 0.75, 0.75]
    assert round(art.aspect, 1) == 2.0


def test_an_svg_whose_letters_depend_on_fonts_is_left_out() -> None:
    assert _found({"logo.svg": _svg('<text x="9" y="50">Acme</text>')}) == []


def test_damaged_empty_and_sizeless_files_are_left_out() -> None:
    files = {"logo.svg": b"<svg", "logo2.svg": _svg(""), "logo3.svg": _svg("<rect width='9' height='9'/>", "")}
    assert _found({**files, "logo.png": b"\x89PNG nonsense"}) == []


def test_the_variant_that_reads_on_the_ground_is_chosen_and_none_where_none_does() -> None:
    brand = _brand_with({"logo.svg": MARK, "logo-white.svg": MARK.replace(b"#1E4D3A", b"#FFFFFF")})
    logos = brand.files.kit.logos
    on_white, on_green = choose_logo(logos, "#FFFFFF"), choose_logo(logos, "#1E4D3A")
    assert on_white is not None
    assert on_green is not None
    assert (on_white.file_name, on_green.file_name) == ("logo.svg", "logo-white.svg")
    assert choose_logo(logos[:1], "#1E4D3A" if logos[0].file_name == "logo.svg" else "#FFFFFF") is None


def test_a_coloured_part_that_melts_into_the_ground_disqualifies_the_variant() -> None:
    two = _svg('<rect width="120" height="100" fill="#FFFFFF"/><rect x="130" width="70" height="100" fill="#2F5BEA"/>')
    brand = _brand_with({"logo.svg": two})
    logos = brand.files.kit.logos
    assert choose_logo(logos, "#2F5BEA") is None
    assert choose_logo(logos, "#0C1938") is not None


def test_a_variant_whose_every_main_colour_is_clear_goes_before_one_that_is_only_legible() -> None:
    teal = '<rect width="150" height="100" fill="#00AEC7"/><rect x="160" width="40" height="100" fill="#FFFFFF"/>'
    brand = _brand_with({"logo-primary.svg": _svg(teal), "logo.svg": MARK.replace(b"1E4D3A", b"0B2530")})
    logos = brand.files.kit.logos
    chosen = choose_logo(logos, "#E8B48C")
    assert chosen is not None
    assert chosen.file_name == "logo.svg"
    assert chosen.is_clear_on("#E8B48C")
    assert not next(art for art in logos if art is not chosen).is_clear_on("#E8B48C")


def test_what_lies_inside_a_mark_needs_no_contrast_to_the_ground() -> None:
    ring = '<circle cx="100" cy="50" r="48" fill="#123456"/><circle cx="100" cy="50" r="24" fill="#FFFFFF"/>'
    art = _brand_with({"logo.svg": _svg(ring)}).files.kit.logos[0]
    assert art.is_clear_on("#FFFFFF")
    assert not art.is_clear_on("#223344")


@pytest.mark.slow
def test_a_tile_with_round_corners_has_the_ink_of_its_letters() -> None:
    tile = '<rect width="200" height="100" rx="6" fill="#00CFFF"/><rect x="60" y="30" width="80" height="40"/>'
    art = _brand_with({"logo.svg": _svg(tile)}).files.kit.logos[0]
    assert art.plate_hex == "#00CFFF"
    assert [round(value, 1) for value in art.ink] == [0.3, 0.3, 0.7, 0.7]


def _lettered(count: int, size: int, y: int) -> str:
    step = size * 0.9
    return "".join(
        f'<rect x="{20 + n * step:g}" y="{y}" width="{size * 0.5:g}" height="{size}"/>' for n in range(count)
    )


def test_a_strapline_too_small_to_read_gives_way_to_the_variant_without_one() -> None:
    plain, lined = _lettered(6, 26, 20), _lettered(6, 26, 20) + _lettered(20, 5, 56)
    brand = _brand_with({"logo-full.svg": _svg(lined), "logo.svg": _svg(plain)})
    kit = brand.files.kit
    assert {art.kind for art in kit.logos} == {"wordmark"}
    scheme = scheme_on("#FFFFFF", ("#FFFFFF", "#000000"))
    small, _ = logo_in(scheme, kit.logos, ("#FFFFFF",), 300, 250)
    large, _ = logo_in(scheme, kit.logos, ("#FFFFFF",), 4096, 4096)
    assert small is not None
    assert large is not None
    assert (small.file_name, large.file_name) == ("logo.svg", "logo-full.svg")
    only = tuple(art for art in kit.logos if art.strapline is not None)
    assert has_small_print(only[0], 300, 250)
    assert logo_in(scheme, only, ("#FFFFFF",), 300, 250)[0] is only[0]


@pytest.mark.slow
def test_no_more_of_a_logos_own_ground_is_drawn_than_its_clear_space() -> None:
    body = "<rect width='300' height='300' fill='#1D70B8'/><rect x='120' y='140' width='60' height='20' fill='#FFF'/>"
    tile = _svg(body,
                'viewBox="0 0 300 300"')  # fmt: skip
    art = _brand_with({"logo.svg": tile}).files.kit.logos[0].with_data(tile)
    placed = LogoPlacement(art, (50, 50, 110, 70), (40, 40, 120, 80), "#1D70B8")
    raster = PAINTER.draw(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200">{logo_element(placed, PAINTER)}</svg>'
    )
    alpha = np.frombuffer(raster.rgba, np.uint8).reshape(200, 200, 4)[..., 3]
    assert alpha[40:80, 40:120].min() == 255
    assert alpha.astype(bool).sum() == 40 * 80

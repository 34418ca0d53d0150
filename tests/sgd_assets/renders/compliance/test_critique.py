from dataclasses import replace

import numpy as np
import pytest

from sgd_assets.renders.brief.read import read_brief
from sgd_assets.renders.compliance.case import Expected, Seen
from sgd_assets.renders.compliance.critique import critique_picture
from sgd_assets.renders.compliance.logo.placed import intrusion_share
from sgd_assets.renders.compliance.repair import repaired
from sgd_assets.renders.compliance.words.contrast_seen import contrast_seen
from sgd_assets.renders.compose.draw import compose
from sgd_assets.renders.compose.layouts.lay_out import lay_out
from sgd_assets.renders.compose.parts.canvas import Kit
from sgd_assets.renders.compose.scene import Scene
from sgd_assets.renders.compose.typefaces import TypePair, open_faces
from sgd_assets.renders.model import RenderPlan
from sgd_assets.renders.plan.kit import BrandKit
from sgd_assets.renders.plan.planner import plan_render
from sgd_resources.drawing.painter import ResvgPainter
from sgd_resources.ports import Raster
from sgd_resources.ports.sight import LineSeen
from tests.sgd_assets.renders.brand import SampleBrand, request

pytestmark = pytest.mark.slow

PAINTER = ResvgPainter()
PALETTE = ("#1E4D3A", "#F7F0E3")


def _drawn(**changes: str) -> tuple[RenderPlan, Scene, Raster]:
    brand = SampleBrand("larkfold")
    files = brand.files
    body = request('Post "Open day" "Saturday"')
    kit = BrandKit(files.kit.logos, (), PAINTER.fonts)
    plan = plan_render(body, brand.canon, kit, brief=read_brief(body))
    plan = plan.model_copy(update=changes)
    assert plan.heading_font is not None
    assert plan.body_font is not None
    faces = [
        open_faces(font, is_display=True, brand_fonts=(), fonts=PAINTER.fonts)
        for font in (plan.heading_font, plan.body_font)
    ]
    logo = files.files_for(plan, {}).logo
    scene = lay_out(plan, Kit(TypePair(*faces), logo))
    return plan, scene, compose(scene, painter=PAINTER, pictures={})


def _painted(raster: Raster, box: tuple[float, float, float, float], rgb: tuple[int, int, int]) -> Raster:
    pixels = np.frombuffer(raster.rgba, np.uint8).reshape(raster.height_px, raster.width_px, 4).copy()
    x0, y0, x1, y1 = (round(value) for value in box)
    pixels[y0:y1, x0:x1, :3] = rgb
    return Raster(raster.width_px, raster.height_px, pixels.tobytes())


def _rules(raster: Raster, plan: RenderPlan, scene: Scene) -> set[str]:
    found = critique_picture(raster, palette=plan.palette_hex, plan=plan, scene=scene, painter=PAINTER)
    return {finding.rule for finding in found.findings}


def _flat(width: int, height: int, hex_value: str) -> Raster:
    return Raster(width, height, bytes((*bytes.fromhex(hex_value[1:]), 255)) * width * height)


@pytest.mark.slow
def test_a_clean_picture_scores_one() -> None:
    plan, scene, raster = _drawn()
    found = critique_picture(raster, palette=plan.palette_hex, plan=plan, scene=scene, painter=PAINTER)
    assert (found.score, found.violations) == (1.0, ())


def test_a_stray_colour_is_found_and_its_replacement_named() -> None:
    raster = _painted(_flat(200, 200, "#1E4D3A"), (0, 0, 100, 100), (255, 0, 255))
    found = critique_picture(raster, palette=PALETTE)
    assert found.measurements["palette_share_ratio"] == 0.75
    assert "#FF00FF (25.0%)" in found.violations[0]
    assert found.repair_suggestions[0].startswith("replace #FF00FF by ")
    assert found.score < 0.8


def test_antialiased_edges_between_palette_colours_count_as_kept() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80"><rect width="80" height="80" fill="#1E4D3A"/>'
        '<circle cx="40" cy="40" r="31.3" fill="#F7F0E3"/></svg>'
    )
    found = critique_picture(PAINTER.draw(svg), palette=PALETTE)
    assert found.score == 1.0


def test_a_flat_blend_of_two_palette_colours_is_not_antialiasing() -> None:
    assert critique_picture(_flat(64, 64, "#8B9F8F"), palette=PALETTE).score < 0.6


def test_noise_of_every_colour_scores_low() -> None:
    noise = np.random.default_rng(7).integers(0, 256, (300, 300, 4), dtype=np.uint8)
    noise[..., 3] = 255
    assert critique_picture(Raster(300, 300, noise.tobytes()), palette=PALETTE).score < 0.6


def test_clear_pixels_are_not_judged() -> None:
    assert critique_picture(Raster(8, 8, bytes(8 * 8 * 4)), palette=PALETTE).measurements == {}


def test_faint_text_is_found_and_mended() -> None:
    plan, scene, raster = _drawn(text_hex="#22261F", background_hex="#1E4D3A")
    found = critique_picture(raster, palette=plan.palette_hex, plan=plan, scene=scene, painter=PAINTER)
    assert "text_contrast" in {finding.rule for finding in found.findings}
    mended = repaired(plan, found, scene)
    assert mended is not None
    assert mended.text_hex == "#F7F0E3"


def test_contrast_is_read_from_the_pixels_not_from_the_plan() -> None:
    _, scene, raster = _drawn()
    text = scene.texts[0]
    pixels = np.frombuffer(raster.rgba, np.uint8).reshape(raster.height_px, raster.width_px, 4)
    x0, y0, x1, y1 = (round(value) for value in text.box)
    assert contrast_seen(pixels[y0:y1, x0:x1], text.hex) > 7
    covered = np.frombuffer(_painted(raster, text.box, (247, 240, 227)).rgba, np.uint8).reshape(pixels.shape)
    assert contrast_seen(covered[y0:y1, x0:x1], text.hex) == 1.0


def test_a_thing_in_the_clear_space_is_found() -> None:
    plan, scene, raster = _drawn()
    assert scene.logo is not None
    x0, y0, _, _ = scene.logo.clear_box
    spoiled = _painted(raster, (x0 + 1, y0 + 1, x0 + 9, y0 + 9), (242, 166, 43))
    assert "logo_clear_space" in _rules(spoiled, plan, scene)


def test_the_writing_of_a_logo_that_stands_as_it_was_placed_is_no_stray_text() -> None:
    plan, scene, raster = _drawn()
    assert scene.logo is not None
    x0, y0, x1, y1 = scene.logo.box
    name = LineSeen("Larkfold", (x0 + 0.3 * (x1 - x0), y0, x1, y1), 20.0, 0.99)
    beside = replace(name, text="Only today", box=(x0, y1 + 90, x1, y1 + 120))

    def strays(line: LineSeen) -> set[str]:
        found = critique_picture(
            raster, palette=plan.palette_hex, plan=plan, scene=scene, painter=PAINTER, seen=Seen(lines=(line,)),
            expected=Expected(lines=("Open day", "Saturday")),
        )  # fmt: skip
        return {finding.message for finding in found.findings if finding.rule == "text_stray"}

    assert strays(name) == set()
    assert len(strays(beside)) == 1


def test_a_recoloured_logo_is_found() -> None:
    plan, scene, raster = _drawn()
    assert scene.logo is not None
    assert "logo_unmodified" in _rules(_painted(raster, scene.logo.box, (0, 188, 212)), plan, scene)


def test_clear_space_off_the_canvas_counts_as_broken() -> None:
    _, scene, raster = _drawn()
    assert scene.logo is not None
    pixels = np.frombuffer(raster.rgba, np.uint8).reshape(raster.height_px, raster.width_px, 4)
    x0, y0, x1, y1 = scene.logo.clear_box
    moved = type(scene.logo)(scene.logo.art, scene.logo.box, (x0 - 200, y0, x1, y1), scene.logo.ground_hex)
    assert intrusion_share(pixels, moved) == 1.0

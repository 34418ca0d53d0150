import pytest

from sgd_api.samples.shelf import KITS_DIR
from sgd_resources.drawing.faces import build_font_library
from sgd_resources.errors import ValidationFailed

FONTS = build_font_library()


def test_every_installed_family_has_an_open_licence_and_a_face() -> None:
    families = FONTS.families()
    assert {"Inter", "Noto Sans", "Source Serif 4"} <= set(families)
    for family in families:
        assert FONTS.license(family) in {"OFL-1.1", "Apache-2.0"}, family
        face = FONTS.face(family, weight=400)
        assert face is not None
        assert 0.3 < face.metrics.cap_height_em < 1, family


def test_a_heavier_weight_of_a_variable_family_is_wider() -> None:
    light, heavy = FONTS.face("Inter", weight=300), FONTS.face("Inter", weight=800)
    assert light is not None
    assert heavy is not None
    assert heavy.advance_em("Hamburgefonstiv") > light.advance_em("Hamburgefonstiv")


def test_kerning_and_tracking_are_in_the_width() -> None:
    face = FONTS.face("Inter", weight=400)
    assert face is not None
    assert face.advance_em("AV") < face.advance_em("A") + face.advance_em("V")
    assert face.shape("abc", tracking_em=0.1).advance_em == pytest.approx(face.advance_em("abc") + 0.2)


def test_the_same_text_is_the_same_outline() -> None:
    face = FONTS.face("roboto-slab", weight=700)
    assert face is not None
    assert face.shape("Agile").path == face.shape("Agile").path
    assert face.shape("Agile").path.startswith("M")


def test_an_unknown_family_is_none() -> None:
    assert FONTS.face("No Such Family", weight=400) is None
    assert FONTS.license("No Such Family") is None


def test_a_font_file_tells_what_it_is() -> None:
    data = (KITS_DIR / "kestrine" / "evidence" / "SpaceGrotesk-Variable.ttf").read_bytes()
    facts = FONTS.read(data)
    assert (facts.family, facts.is_variable, facts.may_embed, facts.is_italic) == ("Space Grotesk", True, True, False)
    assert FONTS.load(data, weight=700).missing("Aé日") == ("日",)


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x00\x00" + b"\xff" * 64, b"wOFF" + b"\x00" * 60, b"wOF2garbage"])
def test_damaged_fonts_are_refused(data: bytes) -> None:
    with pytest.raises(ValidationFailed):
        FONTS.read(data)

import json
import zipfile
from pathlib import Path

import pikepdf
import pytest

from sgd_api.samples.shelf import KITS_DIR
from tools.sample_kit.brands import BRANDS, Brand
from tools.sample_kit.logos import lockup
from tools.sample_kit.make_kit import kit_truth
from tools.sample_kit.office_files import write_slide_template, write_voice_guide
from tools.sample_kit.web_files import write_stylesheet


def _evidence(brand: Brand) -> Path:
    return KITS_DIR / brand.slug / "evidence"


@pytest.mark.parametrize("brand", BRANDS, ids=lambda brand: brand.slug)
class TestKit:
    def test_the_truth_beside_the_kit_is_current(self, brand: Brand) -> None:
        names = [path.name for path in _evidence(brand).iterdir()]
        assert json.loads((KITS_DIR / brand.slug / "truth.json").read_text("utf-8")) == kit_truth(brand, names)

    def test_the_committed_files_are_what_the_script_writes(self, brand: Brand) -> None:
        folder = _evidence(brand)
        assert (folder / f"{brand.slug}-logo.svg").read_text("utf-8") == lockup(brand).svg(brand.name)
        assert (folder / "brand.css").read_text("utf-8") == write_stylesheet(brand)
        assert (folder / f"{brand.name} voice and tone.docx").read_bytes() == write_voice_guide(brand)
        assert (folder / f"{brand.name} slides.pptx").read_bytes() == write_slide_template(brand)

    def test_the_guideline_has_pages_brand_fonts_and_every_spot_colour(self, brand: Brand) -> None:
        with pikepdf.open(_evidence(brand) / f"{brand.name} brand guidelines.pdf") as pdf:
            assert 6 <= len(pdf.pages) <= 10
            resources = pdf.pages[5].Resources
            spots = {str(space[1])[1:] for space in resources.ColorSpace.values()}
            fonts = {str(font.BaseFont).rsplit("+", 1)[-1].split("-")[0].strip("/") for font in resources.Font.values()}
        assert spots == {swatch.spot for swatch in brand.swatches if swatch.spot}
        assert {brand.heading_family.replace(" ", ""), brand.body_family.replace(" ", "")} <= fonts

    def test_the_theme_names_the_brands_fonts(self, brand: Brand) -> None:
        with zipfile.ZipFile(_evidence(brand) / f"{brand.name} slides.pptx") as package:
            theme = package.read("ppt/theme/theme1.xml").decode()
        assert f'typeface="{brand.heading_family}"' in theme
        assert brand.primary[1:] in theme

    def test_the_kit_is_small(self, brand: Brand) -> None:
        assert sum(path.stat().st_size for path in _evidence(brand).iterdir()) < 1_500_000

"""Writes the sample brand kits: `python -m tools.sample_kit.make_kit [TARGET]`.

Each kit is a folder `kits/{slug}/evidence` with what a real organisation would upload, and `truth.json` beside it with
what those files state. The same installed fonts give the same bytes. The files are committed; this script is how they
came to be.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sgd_api.samples.shelf import KITS_DIR
from sgd_resources.drawing.painter import ResvgPainter
from tools.sample_kit.brands import BRANDS, Brand
from tools.sample_kit.guideline import write_guideline
from tools.sample_kit.logos import Logo, lockup, symbol
from tools.sample_kit.office_files import write_slide_template, write_voice_guide
from tools.sample_kit.type_files import licence_text, variable_subset
from tools.sample_kit.web_files import write_page, write_stylesheet

_LOGO_PNG_WIDTH = 1200


def kit_files(brand: Brand) -> dict[str, bytes]:
    """File name to bytes of one kit's evidence."""
    files = {
        f"{brand.name} brand guidelines.pdf": write_guideline(brand),
        f"{brand.slug}-logo.svg": lockup(brand).svg(brand.name).encode(),
        f"{brand.slug}-logo-reversed.svg": lockup(brand, reversed_out=True).svg(brand.name).encode(),
        f"{brand.slug}-symbol.svg": symbol(brand).svg(brand.name).encode(),
        f"{brand.slug}-symbol-reversed.svg": symbol(brand, reversed_out=True).svg(brand.name).encode(),
        f"{brand.slug}-logo.png": _logo_png(lockup(brand)),
        "index.html": write_page(brand).encode(),
        "brand.css": write_stylesheet(brand).encode(),
        f"{brand.name} voice and tone.docx": write_voice_guide(brand),
        f"{brand.name} slides.pptx": write_slide_template(brand),
    }
    if brand.ships_font:
        plain = brand.heading_family.replace(" ", "")
        files[f"{plain}-Variable.ttf"] = variable_subset(brand.heading_family)
        files[f"{plain} licence.txt"] = licence_text(brand.heading_family).encode()
    return files


def kit_truth(brand: Brand, file_names: Iterable[str]) -> dict[str, Any]:
    """What the kit's files state, in the shape the canon is scored against."""
    guide = f"{brand.name} brand guidelines.pdf"
    hexes = [swatch.hex for swatch in brand.swatches]
    return {
        "brand": brand.slug,
        "palette_hex": hexes,
        "palette_all_hex": hexes,
        "colours": [
            {
                "name": s.name,
                "hex": s.hex,
                "rgb": list(s.rgb),
                "cmyk": list(s.cmyk),
                "spot": s.spot,
                "role": s.role.rstrip("2"),
            }
            for s in brand.swatches
        ],
        "fonts": [brand.heading_family, brand.body_family],
        "fonts_optional": ["Georgia", "Arial"],
        "voice": {"tone": brand.tone, "dos": list(brand.dos), "donts": list(brand.donts)},
        "logo_safe_zone": f"{brand.clear_space} {brand.minimum_size}",
        "logo_safe_zone_ratio": brand.clear_space_ratio,
        "logo_dos": list(brand.logo_dos),
        "logo_donts": list(brand.logo_donts),
        "none_stated": [],
        "sources": [{"file": guide, "where": "p4 clear space, p5 misuse, p6 palette, p8 typography, p9 voice"}],
        "answer_files": sorted(file_names),
        "excluded_answer_files": [],
        "license": "Apache-2.0; fonts under the SIL Open Font License 1.1",
    }


def write_kits(target: Path = KITS_DIR) -> list[Path]:
    """Write every kit below `target`; returns the kits' folders."""
    folders = []
    for brand in BRANDS:
        folder = target / brand.slug
        (folder / "evidence").mkdir(parents=True, exist_ok=True)
        files = kit_files(brand)
        for name, data in files.items():
            (folder / "evidence" / name).write_bytes(data)
        (folder / "truth.json").write_text(
            json.dumps(kit_truth(brand, files), indent=1, ensure_ascii=False) + "\n", "utf-8"
        )
        folders.append(folder)
    return folders


def _logo_png(logo: Logo) -> bytes:
    height = round(_LOGO_PNG_WIDTH * logo.height / logo.width)
    svg = logo.svg("").replace(
        f'width="{logo.width:g}" height="{logo.height:g}"', f'width="{_LOGO_PNG_WIDTH}" height="{height}"'
    )
    painter = ResvgPainter()
    return painter.encode(painter.draw(svg), "png")


if __name__ == "__main__":
    write_kits(Path(sys.argv[1]) if len(sys.argv) > 1 else KITS_DIR)

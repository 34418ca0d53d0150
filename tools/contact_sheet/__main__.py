"""Writes the contact sheet into a folder: pictures, `index.html`, `sheet.png`."""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from sgd_api.samples.shelf import KITS_DIR
from sgd_assets.renders.render import render_request
from sgd_resources.font_shelf import font_shelf
from sgd_resources.ports import ConfinedJobs
from sgd_resources.sandbox.drawing import drawing_sandbox
from sgd_resources.storage.local import LocalObjectStore
from tools.contact_sheet.brands import Brand, folders_in, read_brand
from tools.contact_sheet.cases import requests
from tools.contact_sheet.page import Shot, write_page, write_sheet

_RENDER_ID = "00000000-0000-4000-8000-{:012d}"


def main() -> int:
    """Make every picture of every brand; the count of pictures is told at the end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", nargs="?", default="var/contact-sheet")
    parser.add_argument("--brands", type=Path, help="a folder of brand folders, shown beside the sample kits")
    parser.add_argument("--only", help="names of brands, divided by commas")
    parser.add_argument("--sizes", help="sizes, divided by commas; all where not given")
    arguments = parser.parse_args()
    out = Path(arguments.out)
    out.mkdir(parents=True, exist_ok=True)
    folders = [*folders_in(KITS_DIR), *(folders_in(arguments.brands) if arguments.brands else [])]
    if arguments.only:
        folders = [folder for folder in folders if folder.name in arguments.only.split(",")]
    sizes = arguments.sizes.split(",") if arguments.sizes else None
    shots: list[Shot] = []
    with tempfile.TemporaryDirectory() as scratch, drawing_sandbox() as jobs:
        store = LocalObjectStore(Path(scratch))
        brands = [brand for folder in folders if (brand := read_brand(folder, store)) is not None]
        for turn, brand in enumerate(brands):
            bodies = [
                body
                for body in requests(turn, len(brands), brand.evidence.items[-1].key)
                if sizes is None or body["outputs"]["dimensions"] in sizes
            ]
            for number, body in enumerate(bodies):
                shots += _shots(brand, body, number, out, store, jobs)
    write_sheet([shot.file for shot in shots], out / "sheet.png")
    sys.stdout.write(f"{len(shots)} pictures of {len(brands)} brands: {write_page(shots, out)}\n")
    return 0


def _shots(
    brand: Brand, body: dict[str, Any], number: int, out: Path, store: LocalObjectStore, jobs: ConfinedJobs
) -> list[Shot]:
    record = render_request(
        body, brand.canon, org_id=brand.evidence.org_id, render_id=_RENDER_ID.format(number),
        canon_version=brand.canon.version, evidence=brand.evidence, store=store, jobs=jobs, fonts=font_shelf(),
    )  # fmt: skip
    shots = []
    for output in record.outputs:
        size = f"{output.width_px}x{output.height_px}"
        file = out / f"{brand.name}-{number:02d}-{output.index}-{size}-{output.plan.layout}.png"
        file.write_bytes(store.get(output.key))
        told = (*output.critique.violations, *output.plan.unmet)
        shots.append(Shot(brand.name, file, size, output.plan.layout or "", output.critique.score, told))
    return shots


if __name__ == "__main__":
    sys.exit(main())

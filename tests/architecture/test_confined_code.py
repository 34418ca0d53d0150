"""A process that serves or wires loads nothing that decodes, shapes or draws: not even late, when it works."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DECODERS = ("resvg", "uharfbuzz", "PIL", "fontTools", "cv2", "pikepdf", "pypdfium2", "html5lib", "brotli")
RENDER = """
import sys
from sgd_resources.sandbox.drawing import drawing_sandbox
from sgd_resources.thumbnails import thumbnail_url
from tests.sgd_assets.renders.brand import SampleBrand, request
from tests.sgd_assets.renders.rendering import render
with drawing_sandbox() as jobs:
    brand = SampleBrand("larkfold")
    record = render(brand, request('Post "Open day"', "300x250", format="jpg"), jobs)
    assert record.guardrails_ok
    assert thumbnail_url(brand.store.get(record.outputs[0].key), jobs)
print([name for name in {decoders!r} if name in sys.modules])
"""


@pytest.mark.slow
def test_a_process_that_renders_has_loaded_nothing_that_decodes_or_draws() -> None:
    code = RENDER.format(decoders=DECODERS)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"

"""What the sample kits give: canon versions and the sha256 of pictures, by name.

Nothing here depends on the clock, on a request's number or on how many cores there are: reading and drawing run one
after the other in this process, with one render id.
"""

from pathlib import Path

from sgd_api.cli.commands.demo import ASKS
from sgd_api.samples.shelf import KITS_DIR
from sgd_assets.canon.derive import extract_claims, resolve_canon
from sgd_assets.canon.model import Canon
from tests.brands.dev_set import read_evidence
from tests.fakes.confined import FakeConfinedJobs
from tests.sgd_assets.renders.brand import SampleBrand, request
from tests.sgd_assets.renders.rendering import render

EXPECTED = Path(__file__).with_name("expected.json")
PICTURES = (
    *((ask.instruction, ask.dimensions, ask.image_format) for ask in ASKS),
    ('Post: "Open day" and "Saturday 12 June"', "540x540", "jpg"),
    ('Story: "Open day" and "Saturday 12 June"', "540x960", "webp"),
    ('Banner: "Open day"', "728x90", "png"),
)
"""What the demo asks for, and the shapes and formats that it does not."""


def slugs() -> list[str]:
    """Names of the kits."""
    return sorted(path.name for path in KITS_DIR.iterdir() if (path / "evidence").is_dir())


def seen_of(slug: str) -> dict[str, str]:
    """Name -> canon version or sha256 of a picture, of one kit."""
    canon = _canon(slug)
    brand = SampleBrand(slug)
    brand.canon = canon
    seen = {"canon": canon.version}
    for instruction, size, image_format in PICTURES:
        record = render(brand, request(instruction, size, format=image_format), FakeConfinedJobs())
        [output] = record.outputs
        seen[f"{instruction.split(':', maxsplit=1)[0]} {size} {image_format}"] = output.sha256
    return seen


def _canon(slug: str) -> Canon:
    canon = resolve_canon(extract_claims(document, name) for name, document in read_evidence(KITS_DIR / slug))
    # the version of our code is in a canon: any edit would change it, and with it every picture's seed
    return canon.model_copy(update={"derived_by": "local@kits"})

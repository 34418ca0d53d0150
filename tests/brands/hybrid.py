"""Local against assisted canons on the same brands: uplift, latency per page, cost per canon, and the gates.

`python -m tests.brands.hybrid OUT_DIR` asks a fake model that copies sentences on tone, so that the figures say what
the machinery does, not what a vendor's model would. A gate that fails keeps the local canon.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from sgd_assets.canon.assist import Assisted, assist_canon
from sgd_assets.canon.derive import derive_canon
from sgd_assets.canon.model import Canon
from sgd_resources.ports import LlmGateway
from tests.brands import dev_set
from tests.fakes.canon_model import FakeCanonModel

MOST_LATENCY_MS_PER_PAGE = 3_000
MOST_COST_USD_MICROS = 50_000


@dataclass(frozen=True)
class Figures:
    """One brand, assisted."""

    latency_ms_per_page: float
    cost_usd_micros: int

    @property
    def failed_gates(self) -> tuple[str, ...]:
        """Names of the gates that these figures fail."""
        gates = {
            "latency": self.latency_ms_per_page < MOST_LATENCY_MS_PER_PAGE,
            "cost": self.cost_usd_micros < MOST_COST_USD_MICROS,
        }
        return tuple(name for name, is_passed in gates.items() if not is_passed)


def figures_of(result: Assisted, pages: int) -> Figures:
    """Latency is shared by the pages read; a file without pages counts as one."""
    return Figures(result.latency_ms / max(1, pages), result.cost_usd_micros)


def kept(local: Canon, result: Assisted, pages: int) -> Canon:
    """The assisted canon, or the local one where a gate fails."""
    return local if figures_of(result, pages).failed_gates else result.canon


def main(gateway: LlmGateway | None = None) -> None:
    """Print a line per brand, then both score tables' macro lines."""
    model = gateway or FakeCanonModel()
    out = Path(sys.argv[1])
    for route in ("local", "assisted"):
        (out / route).mkdir(parents=True, exist_ok=True)
    for brand in dev_set.brands():
        documents = list(dev_set.read_evidence(brand))
        pages = sum(max(1, len(document.pages)) for _, document in documents)
        local = derive_canon(documents)
        result = assist_canon(local, documents, gateway=model, org_id="evaluation")
        figures = figures_of(result, pages)
        for route, canon in (("local", local), ("assisted", kept(local, result, pages))):
            body = json.dumps(canon.model_dump(mode="json"), ensure_ascii=False)
            (out / route / f"{brand.name}.json").write_text(body, encoding="utf-8")
        added = len(result.canon.facts) - len(local.facts)
        gates = ", ".join(figures.failed_gates) or "passed"
        sys.stdout.write(
            f"{brand.name:24} +{added:2} facts  {figures.latency_ms_per_page:7.1f} ms/page  "
            f"${figures.cost_usd_micros / 1e6:.4f}  gates {gates}  {result.note}\n"
        )
    for route in ("local", "assisted"):
        table = dev_set.score(out / route).splitlines()
        sys.stdout.write(f"{route:9}" + next(line for line in table if line.startswith("MACRO")) + "\n")


if __name__ == "__main__":
    main()

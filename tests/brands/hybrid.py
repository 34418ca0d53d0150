"""Local against assisted canons on the same brands: uplift, latency per page, cost per canon, and the gates.

`python -m tests.brands.hybrid OUT_DIR [BRAND ...]` asks a fake model that copies sentences on tone, so that the figures
say what the machinery does, not what a vendor's model would; `--live` asks the provider of `OPENROUTER_API_KEY`;
`--answers DIR` writes each request there and takes the answers that lie beside them (`tests/fakes/answering.py`), so
that a person or a capable model answers offline. Only the brands named are scored; without names all. Slow or dear help
is told by the product itself (`sgd_assets/canon/assist/gates.py`); an assisted route that scores lower than the local
one fails the gate here.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sgd_assets.canon.assist.ask import Assisted, assist_canon, count_pages
from sgd_assets.canon.assist.blocks import choose_pages
from sgd_assets.canon.assist.gates import MOST_COST_USD_MICROS, MOST_LATENCY_MS_PER_PAGE
from sgd_assets.canon.assist.question import TASK, answer_schema, messages_for
from sgd_assets.canon.derive import derive_canon
from sgd_assets.canon.model import Canon
from sgd_resources.embedded.services import embedded_services
from sgd_resources.llm.build import build_gateway
from sgd_resources.llm.sync_gateway import SyncLlmGateway
from sgd_resources.ports import LlmGateway
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.orgs import ensure_org
from sgd_resources.settings import load_settings
from tests.brands import dev_set
from tests.fakes.answering import AnsweringModel
from tests.fakes.canon_model import FakeCanonModel

ORG = "evaluation"
_ROUNDING = 0.0005


@dataclass(frozen=True)
class Row:
    """One brand, assisted."""

    brand: str
    pages: int
    added_facts: int
    result: Assisted

    @property
    def latency_ms_per_page(self) -> float:
        """Of the one call, shared by the pages."""
        return self.result.latency_ms / max(1, self.pages)


def uplift(local: Mapping[str, float], assisted: Mapping[str, float]) -> dict[str, float]:
    """Assisted minus local, by measure."""
    return {name: round(assisted[name] - local[name], 3) for name in local if name in assisted}


def passes_quality(found: Mapping[str, float]) -> bool:
    """Whether no measure became worse."""
    return all(value > -_ROUNDING for value in found.values())


def macro(folder: Path) -> dict[str, float]:
    """The scorer's means over the brands that have a canon in `folder`, by measure; what has no case is left out."""
    truths = folder / "truths"
    truths.mkdir(exist_ok=True)
    for canon in folder.glob("*.json"):
        link = truths / canon.stem
        if not link.exists():
            link.symlink_to(dev_set.DEV / canon.stem, target_is_directory=True)
    dev_set.score(folder, truths)
    means = json.loads((folder / "scores.out").read_text("utf-8"))["macro"]
    found = {
        "palette F1": means["palette"]["F1"],
        "palette strict F1": means["palette*"]["F1"],
        "font F1": means["fonts"]["F1"],
        "voice": means["voice_ok"],
        "voice coverage": means["voice_cov"],
    }
    return {name: value for name, value in found.items() if value is not None}


def assist_all(out: Path, gateway: LlmGateway, wanted: list[str]) -> list[Row]:
    """Canons of both routes below `out/local` and `out/assisted`; a row per brand."""
    rows = []
    for brand in dev_set.brands():
        if wanted and brand.name not in wanted:
            continue
        documents = list(dev_set.read_evidence(brand))
        local = derive_canon(documents)
        if isinstance(gateway, AnsweringModel):
            for page in choose_pages(documents, local).pages:
                gateway.write_request(TASK, messages_for(page), answer_schema())
        result = assist_canon(local, documents, gateway=gateway, org_id=ORG)
        _write(out / "local" / f"{brand.name}.json", local)
        _write(out / "assisted" / f"{brand.name}.json", result.canon)
        added = len(result.canon.facts) - len(local.facts)
        rows.append(Row(brand.name, count_pages(documents), added, result))
    return rows


def main() -> None:
    """Print a line per brand, then the uplift and the gates."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("brands", nargs="*")
    parser.add_argument("--answers", type=Path, help="folder of requests and of answers given offline")
    parser.add_argument("--live", action="store_true", help="ask the configured provider instead of the fake")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        model: LlmGateway = FakeCanonModel()
        if arguments.answers is not None:
            model = AnsweringModel(arguments.answers)
        elif arguments.live:
            model = _live(stack)
        rows = assist_all(arguments.out, model, arguments.brands)
    for row in rows:
        sys.stdout.write(
            f"{row.brand:24} +{row.added_facts:2} facts  {row.latency_ms_per_page:7.1f} ms/page  "
            f"${row.result.cost_usd_micros / 1e6:.4f}  {row.result.note}"
            f"{'' if row.result.uplift is None else '; ' + row.result.uplift.told()}\n"
        )
    local, assisted = (macro(arguments.out / route) for route in ("local", "assisted"))
    gained = uplift(local, assisted)
    slowest = max(row.latency_ms_per_page for row in rows)
    dearest = max(row.result.cost_usd_micros for row in rows)
    gates = {
        f"latency < {MOST_LATENCY_MS_PER_PAGE} ms/page (most {slowest:.0f})": slowest < MOST_LATENCY_MS_PER_PAGE,
        f"cost < ${MOST_COST_USD_MICROS / 1e6:.2f} a canon (most ${dearest / 1e6:.4f})": dearest < MOST_COST_USD_MICROS,
        "no measure worse": passes_quality(gained),
    }
    dropped = sum((Counter(row.result.dropped) for row in rows), Counter[str]())
    told = sum(row.result.taken for row in rows), sum(row.result.agreed for row in rows)
    sys.stdout.write(f"claims: {told[0]} taken, {told[1]} known already, {sum(dropped.values())} dropped\n")
    for reason, count in sorted(dropped.items(), key=lambda pair: (-pair[1], pair[0])):
        sys.stdout.write(f"  {count:3} {reason}\n")
    for name, value in gained.items():
        sys.stdout.write(f"{name:20} local {local[name]:.2f}  assisted {assisted[name]:.2f}  uplift {value:+.2f}\n")
    for gate, is_passed in gates.items():
        sys.stdout.write(f"{'passed' if is_passed else 'FAILED'}  {gate}\n")
    sys.stdout.write(f"kept: {'assisted' if all(gates.values()) else 'local'}\n")


def _write(path: Path, canon: Canon) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(canon.model_dump(mode="json"), ensure_ascii=False), encoding="utf-8")


def _live(stack: ExitStack) -> LlmGateway:
    settings = load_settings()
    if settings.openrouter_api_key is None:
        raise SystemExit("set OPENROUTER_API_KEY to ask the real provider")
    urls = stack.enter_context(embedded_services(settings))
    database = Database(urls.database_url)
    stack.callback(database.dispose)
    with database.org_transaction(ORG) as connection:
        ensure_org(connection, ORG)
    gateway = SyncLlmGateway(lambda: build_gateway(settings, redis_url=urls.redis_url, database=database))
    stack.callback(gateway.close)
    return gateway


if __name__ == "__main__":
    main()

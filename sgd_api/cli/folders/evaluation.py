"""Brand folders with a written truth -> scores of the local canon and of the assisted one.

A brand is a folder with `truth.json` and `evidence/`. What must not live here: measuring (`sgd_assets/canon/score.py`),
or how a result is shown (`sgd_api/cli/commands/canon.py`).
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from sgd_api.cli.folders.assist import model_help
from sgd_api.cli.folders.canon import FolderCanon, derive_folder
from sgd_api.cli.model_route import no_key_reason
from sgd_assets.canon.assist.ask import Assisted
from sgd_assets.canon.assist.uplift import LEAST_GAIN
from sgd_assets.canon.score import means, scores, truth_of
from sgd_resources.errors import InvalidInput
from sgd_resources.settings import Settings

TRUTH, EVIDENCE = "truth.json", "evidence"
_ROUNDING = 0.0005


@dataclass(frozen=True)
class BrandScores:
    """One brand by both routes; `assisted` is None where no model answered, `note` says why."""

    brand: str
    local: Mapping[str, float]
    assisted: Mapping[str, float] | None
    note: str
    cost_usd_micros: int = 0
    latency_ms: int = 0
    is_complete: bool = True
    """Whether the local route is complete: else help has to be worth `LEAST_GAIN`."""
    dropped: Mapping[str, int] = field(default_factory=dict)
    """The model's claims that its places did not bear out, by reason."""

    @property
    def gain(self) -> float | None:
        """Quality with help over quality without, over all measures; None where no model answered."""
        if self.assisted is None:
            return None
        one, other = sum(self.local.values()), sum(self.assisted.values())
        return round(other / one, 4) if one else None

    @property
    def passes(self) -> bool:
        """The uplift gate: no measure worse, and where the local route is incomplete quality x `LEAST_GAIN`."""
        if self.assisted is None:
            return True
        if any(self.assisted[name] < value - _ROUNDING for name, value in self.local.items()):
            return False
        return self.is_complete or self.gain is None or self.gain >= LEAST_GAIN


@dataclass(frozen=True)
class Evaluation:
    """All brands, and why only one route was scored where that is so."""

    rows: tuple[BrandScores, ...]
    only_local: str | None = None
    local: Mapping[str, float] = field(default_factory=dict)
    assisted: Mapping[str, float] = field(default_factory=dict)
    """Means over the brands that a model answered for."""

    @property
    def uplift(self) -> dict[str, float]:
        """Assisted minus local by measure, over the brands that have both."""
        both = [row for row in self.rows if row.assisted is not None]
        local, assisted = means([row.local for row in both]), means([row.assisted or {} for row in both])
        return {name: round(assisted[name] - local[name], 4) for name in local}

    @property
    def dropped(self) -> dict[str, int]:
        """Dropped claims of all brands by reason, the commonest first."""
        counted = sum((Counter(row.dropped) for row in self.rows), Counter[str]())
        return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def is_worse(self) -> bool:
        """Whether a model's help made any measure worse."""
        return any(value < -_ROUNDING for value in self.uplift.values())


def evaluate(folder: Path, settings: Settings) -> Evaluation:
    """Scores of every brand below `folder`, by its local canon and, where a model can be asked, the assisted one.

    Raises:
        InvalidInput: no brand is there, or a truth is none.
        Unavailable: the database cannot be started or reached.
    """
    brands = list(_brands(folder))
    if not brands:
        raise InvalidInput(f"no folder with {TRUTH} and {EVIDENCE}/ in {folder.name}")
    reason = no_key_reason(settings)
    with model_help(settings) if reason is None else nullcontext() as ask:
        rows = tuple(_scored(brand, settings, ask) for brand in brands)
    answered = [row.assisted for row in rows if row.assisted is not None]
    if reason is None and not answered:
        reason = f"no model answered: {'; '.join(sorted({row.note for row in rows}))}"
    return Evaluation(rows, reason if not answered else None, means([row.local for row in rows]), means(answered))


def _brands(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise InvalidInput(f"{folder.name} is no folder")
    for path in (folder, *sorted(folder.iterdir())):
        if (path / TRUTH).is_file() and (path / EVIDENCE).is_dir():
            yield path


def _scored(brand: Path, settings: Settings, ask: Callable[[FolderCanon], Assisted] | None) -> BrandScores:
    try:
        truth = truth_of(json.loads((brand / TRUTH).read_text("utf-8")))
    except ValueError as error:
        raise InvalidInput(f"{TRUTH} of {brand.name} is no JSON") from error
    found = derive_folder(brand / EVIDENCE, settings)
    local = scores(found.canon, truth)
    if ask is None:
        return BrandScores(brand.name, local, None, "no model was asked")
    told = ask(found)
    # A model that had nothing to add answered all the same: its canon is the local one, and counts.
    has_answered = told.is_assisted or told.answered
    assisted = scores(told.canon, truth) if has_answered else None
    return BrandScores(
        brand.name, local, assisted, told.note, told.cost_usd_micros, told.latency_ms,
        is_complete=found.canon.status == "complete", dropped=told.reasons(),
    )  # fmt: skip

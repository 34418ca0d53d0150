"""Asset checks: what must hold of a canon and of embeddings, evaluated in the run that made them.

They run inside the asset's own step (no second process, no second read) and cover every org of the run: a check that
fails names the orgs. What must not live here: deciding what a canon is.
"""

from collections.abc import Mapping

from dagster import AssetCheckResult, AssetCheckSeverity, AssetCheckSpec

from sgd_assets.canon.model import Canon
from sgd_assets.ui_metadata import markdown_table

MIN_COLOURS = 2

CANON_CHECKS = (
    AssetCheckSpec(
        "canon_meets_its_contract",
        asset="brand_canon",
        description="As contracts/canon.schema.json asks; a canon that says it is incomplete only warns.",
    ),
    AssetCheckSpec(
        "at_least_two_colours", asset="brand_canon", description="A palette of one colour cannot be designed with."
    ),
    AssetCheckSpec(
        "every_fact_is_cited",
        asset="brand_canon",
        description="Each fact cites evidence that this canon was derived from.",
    ),
)
EMBEDDINGS_CHECKS = (
    AssetCheckSpec(
        "points_equal_chunks",
        asset="brand_embeddings",
        description="The collection holds one point per chunk: none lost, none stale.",
    ),
)


def check_canons(canons: Mapping[str, Canon]) -> list[AssetCheckResult]:
    """The canon checks over every org of a run."""
    contract = {org_id: _contract_fault(canon) for org_id, canon in canons.items()}
    faulty = {org_id: fault for org_id, fault in contract.items() if fault}
    is_worse = any(canons[org_id].status == "complete" for org_id in faulty)
    few = {org_id: f"{len(c.palette_hex)} colours" for org_id, c in canons.items() if len(c.palette_hex) < MIN_COLOURS}
    uncited = {org_id: f"{n} facts" for org_id, canon in canons.items() if (n := _uncited(canon))}
    return [
        _result("brand_canon", "canon_meets_its_contract", faulty, len(canons), is_warning=not is_worse),
        _result("brand_canon", "at_least_two_colours", few, len(canons), is_warning=True),
        _result("brand_canon", "every_fact_is_cited", uncited, len(canons)),
    ]


def check_embeddings(counts: Mapping[str, tuple[int, int]]) -> list[AssetCheckResult]:
    """The embeddings check over every org of a run; `counts` is (chunks, points) by org."""
    wrong = {
        org_id: f"{chunks} chunks, {points} points" for org_id, (chunks, points) in counts.items() if chunks != points
    }
    return [_result("brand_embeddings", "points_equal_chunks", wrong, len(counts))]


def _contract_fault(canon: Canon) -> str | None:
    # Its format checkers take most of a second to import: not at load.
    from sgd_resources import contracts

    found = contracts.faults("canon", canon.model_dump(mode="json", exclude_none=True))
    return f"{found[0].path}: {found[0].message}" if found else None


def _uncited(canon: Canon) -> int:
    read = set(canon.evidence_sha256s)
    return sum(1 for fact in canon.facts if not any(citation.evidence_sha256 in read for citation in fact.citations))


def _result(
    asset: str, name: str, failing: Mapping[str, str], orgs: int, *, is_warning: bool = False
) -> AssetCheckResult:
    return AssetCheckResult(
        asset_key=asset,
        check_name=name,
        passed=not failing,
        severity=AssetCheckSeverity.WARN if is_warning else AssetCheckSeverity.ERROR,
        metadata={
            "orgs": orgs,
            "failing": len(failing),
            "by_org": markdown_table(("org", "why"), sorted(failing.items())),
        },
    )

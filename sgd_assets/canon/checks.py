"""Canon -> findings: what must hold of every canon. What must not live here: deciding what a canon is."""

from sgd_assets.canon.model import Canon
from sgd_assets.finding import Checks, Finding

MIN_COLOURS = 2  # one colour makes no palette: most likely something was not read

CANON_CHECKS: Checks = {
    "canon_meets_its_contract": "As contracts/canon.schema.json asks; a canon that says it is incomplete only warns.",
    "at_least_two_colours": "A palette of one colour cannot be designed with.",
    "every_fact_is_cited": "Each fact cites evidence that this canon was derived from.",
}


def check_canon(canon: Canon) -> list[Finding]:
    """One org's canon."""
    few = "" if len(canon.palette_hex) >= MIN_COLOURS else f"{len(canon.palette_hex)} colours"
    uncited = _uncited(canon)
    return [
        Finding("canon_meets_its_contract", _contract_fault(canon), is_warning=canon.status != "complete"),
        Finding("at_least_two_colours", few),
        Finding("every_fact_is_cited", f"{uncited} facts are not" if uncited else "", is_warning=False),
    ]


def _contract_fault(canon: Canon) -> str:
    # Its format checkers take most of a second to import: not at load.
    from sgd_resources import contracts

    found = contracts.faults("canon", canon.model_dump(mode="json", exclude_none=True))
    return f"{found[0].path}: {found[0].message}" if found else ""


def _uncited(canon: Canon) -> int:
    read = {*canon.evidence_sha256s, *(statement.id for statement in canon.statements)}
    return sum(1 for fact in canon.facts if not any(citation.evidence_sha256 in read for citation in fact.citations))

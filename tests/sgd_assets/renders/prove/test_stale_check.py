from sgd_assets.renders.checks import check_renders
from sgd_assets.renders.fulfil import fulfil_requests
from sgd_assets.renders.model import RendersManifest
from tests.fakes.ledgers import FakeRenderLedger


def test_renders_of_an_older_canon_are_found_by_the_assets_check() -> None:
    ledger = FakeRenderLedger()
    ledger.of_older_canons = ["one", "two"]
    manifest = fulfil_requests("acme", (), run_id="run", requests=ledger, render=None, word_error=None)  # type: ignore[arg-type]  # nothing is rendered
    found = {finding.check: finding.why for finding in check_renders(manifest)}
    assert found["renders_are_of_the_current_canon"] == "one; two"


def test_without_older_renders_the_check_passes() -> None:
    found = {finding.check: finding.why for finding in check_renders(RendersManifest(org_id="acme"))}
    assert found["renders_are_of_the_current_canon"] == ""

"""What the doctor says of the certificate that signs pictures."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sgd_api.cli import diagnosis
from sgd_api.cli.diagnosis import _signing
from sgd_resources.provenance.authority import own_authority
from sgd_resources.settings import Settings


@pytest.mark.parametrize(("sgd_env", "level"), [("production", "warn"), ("development", "info")])
def test_a_missing_production_certificate_is_named_with_the_settings_that_mend_it(sgd_env: str, level: str) -> None:
    found = _signing(Settings().model_copy(update={"sgd_env": sgd_env}))
    assert found.level == level
    assert "SGD_C2PA_CERTIFICATE" in found.mend


def test_looking_makes_no_certificate(tmp_path: Path) -> None:
    _signing(Settings(sgd_var_dir=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_certificate_without_a_key_is_a_fault(tmp_path: Path) -> None:
    chain = own_authority(tmp_path).chain
    found = _signing(Settings(sgd_c2pa_certificate=chain))
    assert (found.level, "SGD_C2PA_PRIVATE_KEY" in found.state) == ("fail", True)


def test_a_certificate_is_told_with_the_day_that_it_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = own_authority(tmp_path)
    settings = Settings(sgd_c2pa_certificate=files.chain, sgd_c2pa_private_key=files.key)
    assert _signing(settings).level == "ok"
    for ends_in, level in ((10, "warn"), (-2, "fail")):
        end = datetime.now(UTC) + timedelta(days=ends_in)
        monkeypatch.setattr("sgd_resources.provenance.signer.valid_until", lambda signer, end=end: end)
        found = _signing(settings)
        assert (found.level, f"{end:%Y-%m-%d}" in found.state) == (level, True)
    assert diagnosis._RENEW_DAYS == 30

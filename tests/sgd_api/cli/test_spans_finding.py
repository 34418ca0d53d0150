"""The doctor on traces: where they go, or which command is missing; an address with a password is not shown."""

import pytest

from sgd_api.cli.diagnosis import _spans
from sgd_resources.observed import spans
from sgd_resources.settings import Settings

NAMED = Settings(_env_file=None, otel_exporter_otlp_endpoint="http://me:hunter2@collector:4318")


def test_without_a_receiver_traces_are_off() -> None:
    assert _spans(Settings(_env_file=None)).level == "ok"


def test_a_receiver_is_told_without_its_address() -> None:
    found = _spans(NAMED)
    assert (found.level, found.state) == ("ok", "sent by OTLP")


def test_a_receiver_without_the_extra_fails_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spans, "find_spec", lambda name: None)
    found = _spans(NAMED)
    assert found.level == "fail"
    assert spans.INSTALL in found.mend

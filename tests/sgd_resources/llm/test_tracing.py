"""Which tracer the settings get, and that none is not taken silently. Sending is tested in `tests/services`."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from sgd_api.http.services import build_services
from sgd_resources.embedded.services import ServiceUrls
from sgd_resources.errors import InvalidInput
from sgd_resources.llm import tracing
from sgd_resources.llm.tracing import NullTracer, build_tracer
from sgd_resources.settings import Settings

URLS = ServiceUrls(
    "postgresql+psycopg://nobody@127.0.0.1:9/none", None, "postgresql://127.0.0.1:9/none", "redis://127.0.0.1:9"
)


def _settings(folder: Path) -> Settings:
    return Settings(
        _env_file=None, sgd_var_dir=folder, langfuse_public_key="pk-lf-1", langfuse_secret_key=SecretStr("sk-lf-1")
    )


def test_keys_without_the_sdk_stop_the_start_and_name_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracing, "find_spec", lambda _: None)
    for start in (build_tracer, lambda settings: build_services(settings, URLS)):
        with pytest.raises(InvalidInput, match=r"pip install -e '\.\[tracing\]'") as raised:
            start(_settings(tmp_path))
        assert "sk-lf-1" not in str(raised.value)


def test_without_both_keys_nothing_is_imported_or_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracing, "find_spec", lambda _: None)
    assert isinstance(build_tracer(Settings(_env_file=None, sgd_var_dir=tmp_path)), NullTracer)

"""Whether an engine can be asked here: each thing that may lack is told by its name, with what to do."""

import importlib.util
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sgd_resources.parsers.engines import usable
from sgd_resources.parsers.engines.unstructured_engine import LANGUAGE_MODELS
from sgd_resources.parsers.engines.usable import documentai_fault, unstructured_fault
from sgd_resources.settings import Settings
from tests.fakes.documentai import FakeDocumentAi, federated_identity, service_account

_find_spec: Callable[..., Any] = importlib.util.find_spec


def installed(monkeypatch: pytest.MonkeyPatch, **names: bool) -> None:
    """These packages are there or not, whatever this environment has."""

    def find(name: str, package: str | None = None) -> Any:
        return (object() if names[name] else None) if name in names else _find_spec(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", find)


def imports(monkeypatch: pytest.MonkeyPatch, code: int, stderr: str = "") -> list[list[str]]:
    """The trial import ends like this; what was run is noted."""
    asked: list[list[str]] = []

    def run(command: list[str], **_: Any) -> "subprocess.CompletedProcess[str]":
        asked.append(command)
        return subprocess.CompletedProcess(command, code, "", stderr)

    monkeypatch.setattr(subprocess, "run", run)
    return asked


def test_a_library_that_is_not_installed_is_told_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, unstructured=False)
    assert unstructured_fault() == (
        "the library is not installed", 'pip install "smart-graphic-designer[unstructured]"',
    )  # fmt: skip


def test_a_library_without_its_language_model_would_find_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, unstructured=True, **dict.fromkeys(LANGUAGE_MODELS, False))
    fault = unstructured_fault()
    assert fault is not None
    assert "language model" in fault[0]
    assert "en-core-web-sm" in fault[1]


@pytest.mark.parametrize("model", LANGUAGE_MODELS)
def test_either_package_of_the_model_will_do_and_every_type_is_tried(
    model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(monkeypatch, **{"unstructured": True, **dict.fromkeys(LANGUAGE_MODELS, False), model: True})
    asked = imports(monkeypatch, 0)
    assert unstructured_fault() is None
    [command] = asked
    assert {"unstructured.partition.pdf", "unstructured.partition.docx", "unstructured.partition.pptx"} <= set(
        command[-1].removeprefix("import ").split(", ")
    )


def test_a_part_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, unstructured=True, **dict.fromkeys(LANGUAGE_MODELS, True))
    imports(monkeypatch, 1, "Traceback (most recent call last):\nModuleNotFoundError: No module named 'pi_heif'\n")
    fault = unstructured_fault()
    assert fault is not None
    assert fault[0] == "it cannot be imported (ModuleNotFoundError: No module named 'pi_heif')"


def asks(**changes: Any) -> Settings:
    known: dict[str, Any] = {"documentai_project": "sample", "documentai_processor_id": "abc123"}
    return Settings(_env_file=None, **(known | changes))


def test_settings_that_are_not_there_are_named() -> None:
    fault = documentai_fault(Settings(_env_file=None))
    assert fault is not None
    assert fault[0] == "DOCUMENTAI_PROJECT, DOCUMENTAI_PROCESSOR_ID not set"
    fault = documentai_fault(asks(documentai_processor_id=None))
    assert fault is not None
    assert fault[0] == "DOCUMENTAI_PROCESSOR_ID not set"


def test_googles_client_that_is_not_installed_is_told_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usable, "is_installed", lambda: False)
    assert documentai_fault(Settings(_env_file=None)) == (
        "Google's client is not installed", 'pip install "smart-graphic-designer[documentai]"',
    )  # fmt: skip


@pytest.mark.parametrize("made", [service_account, federated_identity])
def test_credentials_of_each_kind_are_usable_and_are_not_sent(
    made: Callable[[FakeDocumentAi, Path], Path], tmp_path: Path
) -> None:
    fake = FakeDocumentAi(url="http://127.0.0.1:9")
    assert documentai_fault(asks(google_application_credentials=made(fake, tmp_path))) is None
    assert fake.tokens == []


@pytest.mark.parametrize(
    "held",
    [
        "no JSON", "[]", "{}", json.dumps({"type": "service_account"}), json.dumps({"type": "something else"}),
        json.dumps({
            "type": "service_account", "client_email": "a@b.example", "private_key": "hunter2", "private_key_id": "1",
            "token_uri": "https://b.example",
        }),
    ],
)  # fmt: skip
def test_a_file_that_holds_no_credentials_is_told_without_what_it_holds(held: str, tmp_path: Path) -> None:
    file = tmp_path / "account.json"
    file.write_text(held, "utf-8")
    fault = documentai_fault(asks(google_application_credentials=file))
    assert fault is not None
    assert fault[0] == "account.json holds no credentials that Document AI could be asked with"
    assert "hunter2" not in " ".join(fault)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    fault = documentai_fault(asks(google_application_credentials=tmp_path / "none.json"))
    assert fault is not None
    assert "is not there" in fault[0]
    assert "GOOGLE_APPLICATION_CREDENTIALS" in fault[1]


def test_a_machine_without_credentials_of_its_own_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    fault = documentai_fault(asks())
    assert fault is not None
    assert fault[0].startswith("this machine has no credentials of Google")

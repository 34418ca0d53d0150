"""The operator's folder is in the place of what is shipped, file by file, in every process."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sgd_api.cli.diagnosis import _policies
from sgd_assets.renders.content.terms import shipped_terms
from sgd_resources.contracts import POLICIES_DIR, load_policy, own_dir, policy_path
from sgd_resources.errors import InvalidInput, ValidationFailed
from sgd_resources.llm.policy.policy_file import PolicyFile
from sgd_resources.llm.prompts import load_prompt
from sgd_resources.sandbox.examiner import SandboxedExaminer
from sgd_resources.sandbox.pool import Sandbox
from sgd_resources.scanning.rules import rules_file
from sgd_resources.settings import Settings, load_settings

NAMES = sorted(path.relative_to(POLICIES_DIR).as_posix() for path in POLICIES_DIR.rglob("*") if path.is_file())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Named by the settings; what a process remembers of an earlier one is forgotten."""
    remembered = (own_dir, load_prompt, shipped_terms)
    monkeypatch.setenv("SGD_POLICY_DIR", str(tmp_path))
    for one in remembered:
        one.cache_clear()
    yield tmp_path
    for one in remembered:
        one.cache_clear()


def _own(folder: Path, name: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(POLICIES_DIR / name, path)
    return path


@pytest.mark.parametrize("name", NAMES)
def test_each_file_of_the_folder_is_read_in_place_of_the_shipped_one_and_no_other(folder: Path, name: str) -> None:
    assert policy_path(name) == POLICIES_DIR / name
    assert policy_path(name) != _own(folder, name) == policy_path(name)
    assert [other for other in NAMES if policy_path(other).is_relative_to(folder)] == [name]


def test_every_reader_reads_what_is_in_force(folder: Path) -> None:
    for name in NAMES:
        _own(folder, name)
    for name in ("openrouter_policy.json", "prompts/analyze.json"):
        document = json.loads((folder / name).read_text("utf-8"))
        (folder / name).write_text(json.dumps({**document, "version": 77}), "utf-8")
    assert PolicyFile().current().version == 77
    assert load_prompt("analyze").version == 77
    for name in (one.removesuffix(".json") for one in NAMES if "/" not in one and one.endswith(".json")):
        load_policy(name)
        (folder / f"{name}.json").write_text("{}", "utf-8")
        with pytest.raises(ValidationFailed):
            load_policy(name)
    assert rules_file() == folder / "scan_rules.yar"
    broken = folder / "content_terms" / "hate.json"
    broken.write_text("{", "utf-8")
    with pytest.raises(ValueError, match="Expecting"):
        shipped_terms()


def test_a_policy_that_is_put_there_later_is_followed(folder: Path) -> None:
    rules = PolicyFile()
    before = rules.current().version
    path = _own(folder, "openrouter_policy.json")
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "version": before + 1}), "utf-8")
    rules.reload()
    assert rules.current().version == before + 1
    path.unlink()
    rules.reload()
    assert rules.current().version == before


def test_the_confined_children_scan_by_the_rules_of_the_folder(folder: Path) -> None:
    rules = _own(folder, "scan_rules.yar")
    ours = 'rule ours { meta: verdict = "malware" why = "ours" strings: $a = "a word of ours" condition: $a }'
    rules.write_text(f"{rules.read_text('utf-8')}\n{ours}\n", "utf-8")
    with Sandbox(processes=1) as sandbox:
        found = SandboxedExaminer(sandbox).scan(b"here stands a word of ours\n", "text/plain")
    assert found.rules != rules_name_of(POLICIES_DIR / "scan_rules.yar")
    assert found.rules == rules_name_of(rules)
    assert (found.verdict, found.signature) == ("malware", "ours")


def rules_name_of(path: Path) -> str:
    return f"sgd {hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"


def test_a_folder_that_is_not_there_is_refused_when_a_process_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SGD_POLICY_DIR", str(tmp_path / "gone"))
    with pytest.raises(InvalidInput, match=r"SGD_POLICY_DIR: .*no such folder"):
        load_settings()
    monkeypatch.setenv("SGD_POLICY_DIR", "")
    assert load_settings().sgd_policy_dir is None


def test_the_doctor_names_a_file_that_is_in_no_policys_place(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, sgd_policy_dir=tmp_path)
    _own(tmp_path, "openrouter_policy.json")
    assert _policies(settings).level == "ok"
    assert "1 of" in _policies(settings).state
    (tmp_path / "openrouter_polcy.json").write_text("{}", "utf-8")
    assert (_policies(settings).level, "openrouter_polcy.json" in _policies(settings).state) == ("warn", True)

"""Settings come from the environment and the project's own `.env`; the example names them all with their defaults."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError
from pydantic_core import PydanticUndefined
from pydantic_settings import SettingsConfigDict

from sgd_resources import installation
from sgd_resources.errors import InvalidInput
from sgd_resources.llm.policy.policy_file import PolicyFile
from sgd_resources.settings import Settings, load_settings

ROOT = Path(__file__).resolve().parents[2]
LINE = re.compile(r"(?P<comment># )?(?P<name>[A-Z][A-Z0-9_]*)=(?P<value>.*)")


def test_the_example_names_every_setting_with_its_default() -> None:
    found = [match for line in (ROOT / ".env.example").read_text("utf-8").splitlines() if (match := LINE.match(line))]
    assert [match["name"] for match in found] == [name.upper() for name in Settings.model_fields]
    for match in found:
        default = Settings.model_fields[match["name"].lower()].default
        if default is None or default is PydanticUndefined:
            assert match["comment"], match["name"]
        else:
            assert (match["comment"], match["value"]) == (None, str(default)), match["name"]


def test_the_example_names_each_key_that_the_shipped_policy_and_the_docs_name() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    page = (ROOT / "docs" / "models.md").read_text("utf-8")
    providers = PolicyFile().current().providers.values()
    named = {found.key_variable for found in providers} | set(re.findall(r'"key_variable": "([A-Z0-9_]+)"', page))
    assert named
    assert [name for name in named if name and name not in example] == []


def test_the_example_as_env_file_changes_nothing() -> None:
    assert Settings(_env_file=ROOT / ".env.example") == Settings(_env_file=None)


def test_the_data_directory_is_the_same_wherever_a_command_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SGD_VAR_DIR", raising=False)
    monkeypatch.chdir(tmp_path)
    assert Settings(_env_file=None).var_dir == ROOT / "var"
    monkeypatch.setenv("SGD_VAR_DIR", "data")
    assert Settings(_env_file=None).var_dir == ROOT / "data"
    monkeypatch.setenv("SGD_VAR_DIR", str(tmp_path))
    assert Settings(_env_file=None).var_dir == tmp_path


def test_without_a_checkout_it_is_the_users_own_and_never_relative(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "checkout", lambda: None)
    monkeypatch.delenv("SGD_VAR_DIR", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert Settings(_env_file=None).var_dir == tmp_path / "sgd"
    monkeypatch.setenv("SGD_VAR_DIR", "var")
    with pytest.raises(InvalidInput, match=r"SGD_VAR_DIR: .*absolute"):
        load_settings()


def test_a_user_without_a_home_has_a_place_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(uid: int) -> None:
        raise KeyError(uid)

    monkeypatch.setattr(installation, "checkout", lambda: None)
    for name in ("SGD_VAR_DIR", "XDG_DATA_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", unknown)
    assert Settings(_env_file=None).sgd_var_dir == Path("/var/lib/sgd")


def test_a_key_that_a_policy_names_comes_from_the_environment_or_the_env_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_text("LAPTOP_API_KEY=in-file\nAZURE_API_KEY=in-file\n", "utf-8")

    class Here(Settings):
        model_config = SettingsConfigDict(env_file=file, extra="ignore", frozen=True)

    monkeypatch.setenv("AZURE_API_KEY", "in-environment")
    monkeypatch.setenv("OPENROUTER_API_KEY", "sk-or")
    found = Here()
    assert found.variable("LAPTOP_API_KEY") == "in-file"
    assert found.variable("AZURE_API_KEY") == "in-environment"
    assert found.variable("OPENROUTER_API_KEY") == "sk-or"
    assert found.variable("NOBODYS_API_KEY") is None


def test_trusted_proxies_are_addresses_and_networks_and_never_everybody() -> None:
    found = Settings(sgd_trusted_proxies="10.0.0.7, 10.1.0.0/16,fd00::/8")
    assert found.trusted_proxies == ("10.0.0.7", "10.1.0.0/16", "fd00::/8")
    assert Settings().trusted_proxies == ()
    for wrong in ("*", "proxy.example", "10.0.0.7/24"):
        with pytest.raises(ValueError, match="addresses or networks"):
            Settings(sgd_trusted_proxies=wrong)


def test_a_kind_of_job_has_the_longest_run_that_was_given_to_it_and_a_wrong_entry_is_refused() -> None:
    given = Settings(_env_file=None, sgd_job_max_runtime_by_kind="render=120, analyze=60")
    assert [given.job_max_runtime_s(kind) for kind in ("render", "analyze", "ingest")] == [120, 60, 540]
    for wrong in ("dance=3", "render", "render=0", "render=fast"):
        with pytest.raises(ValidationError):
            Settings(_env_file=None, sgd_job_max_runtime_by_kind=wrong)

"""The image: what its linter says, what goes into it, as whom it runs. `tests/services/deploy` runs its steps."""

import importlib.util
import subprocess
import sysconfig
from pathlib import Path

import pytest
from dagster._core.workspace.config_schema import ensure_workspace_config

from sgd_resources.settings import Settings
from tests.deploy.dockerfile import DOCKERFILE, ROOT, Stage, stages
from tests.deploy.files import yaml_of

HADOLINT = Path(sysconfig.get_path("scripts")) / "hadolint"


@pytest.fixture
def run_stage() -> Stage:
    return stages()[-1]


def ignored(path: str) -> bool:
    """Whether `.dockerignore` keeps a path from the builder; ours names what is let in."""
    lines = (ROOT / ".dockerignore").read_text("utf-8").split("\n")
    let_in = [line[1:] for line in lines if line.startswith("!")]
    assert "*" in lines
    return not any(path == name or path.startswith(f"{name}/") for name in let_in)


def test_the_linter_of_dockerfiles_has_nothing_to_say() -> None:
    found = subprocess.run([str(HADOLINT), str(DOCKERFILE)], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout) == (0, "")


def test_the_linter_would_have_said_something(tmp_path: Path) -> None:
    loose = tmp_path / "Dockerfile"
    loose.write_text("FROM python\nRUN apt-get install curl\nUSER root\n", "utf-8")
    assert subprocess.run([str(HADOLINT), str(loose)], capture_output=True, check=False).returncode != 0


def test_compilers_and_sources_stay_in_the_first_stage(run_stage: Stage) -> None:
    build, run = stages()
    assert build.name == "build"
    assert run is not build
    assert [said for said in run_stage.all_of("COPY") if said.startswith("--from")] == [
        "--from=build /opt/sgd /opt/sgd"
    ]
    assert not any("pip install" in said for said in run_stage.all_of("RUN"))


def test_it_runs_as_a_plain_user_by_number(run_stage: Stage) -> None:
    # By number: Kubernetes' runAsNonRoot cannot look a name up.
    assert run_stage.all_of("USER") == ["10001:10001"]


def test_the_api_is_what_it_starts_and_what_its_health_check_asks(run_stage: Stage) -> None:
    assert run_stage.command[:2] == ["python", "-m"]
    assert importlib.util.find_spec(run_stage.command[2]) is not None
    assert "/healthz" in run_stage.health_command[-1]


def test_what_is_copied_is_there_and_sent_to_the_builder() -> None:
    for stage in stages():
        for said in stage.all_of("COPY"):
            if not said.startswith("--from"):
                for source in said.split()[:-1]:
                    assert (ROOT / source).exists(), source
                    assert not ignored(source), source


@pytest.mark.parametrize("path", [".env", ".git", "var", "tests", ".venv", "docs"])
def test_secrets_data_and_tests_never_reach_the_builder(path: str) -> None:
    assert ignored(path)


def test_its_environment_holds_settings_and_no_secret(run_stage: Stage) -> None:
    ours = {name for name in run_stage.environment if name.startswith("SGD_")}
    assert ours <= {name.upper() for name in Settings.model_fields}
    assert not [name for name in run_stage.environment if "KEY" in name or "SECRET" in name or "TOKEN" in name]
    assert run_stage.environment["SGD_ENV"] == "production"


def test_dagster_finds_the_graph_at_the_code_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SGD_CODE_SERVER_HOST", "dagster-code")
    path = ROOT / "deploy" / "workspace.yaml"
    found = ensure_workspace_config(yaml_of(path), str(path))
    origin = found["load_from"][0]  # type: ignore[index]  # dagster types it as an object
    assert origin["grpc_server"]["port"] == 4000

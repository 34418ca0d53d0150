"""Both files of Dagster's instance configuration are ones Dagster accepts."""

import re
import shutil
from pathlib import Path

import pytest
import yaml
from dagster._core.instance.config import dagster_instance_config
from dagster._core.instance.ref import InstanceRef

from sgd_resources.dagster.home import prepare_dagster_home
from sgd_resources.settings import Settings

DEPLOY = Path(__file__).resolve().parents[3] / "deploy" / "dagster.yaml"


def test_the_home_of_one_machine_is_written_once_and_kept(tmp_path: Path) -> None:
    settings = Settings(sgd_var_dir=tmp_path)
    home = prepare_dagster_home(settings)
    before = (home / "dagster.yaml").stat().st_mtime_ns
    assert prepare_dagster_home(settings) == home
    assert (home / "dagster.yaml").stat().st_mtime_ns == before


def test_an_odd_path_stays_one_value(tmp_path: Path) -> None:
    home = prepare_dagster_home(Settings(sgd_var_dir=tmp_path / "50% off: #1 {ü} 'x'"))
    config, _ = dagster_instance_config(str(home))
    assert config["compute_logs"]["config"]["base_dir"] == str(home / "compute_logs")


@pytest.mark.parametrize("machines", ["one machine", "production"])
def test_dagster_accepts_the_file_and_the_promises_hold(machines: str, tmp_path: Path) -> None:
    if machines == "production":
        shutil.copy(DEPLOY, tmp_path / "dagster.yaml")
        home = tmp_path
    else:
        home = prepare_dagster_home(Settings(sgd_var_dir=tmp_path))
    config, _ = dagster_instance_config(str(home))
    assert config["run_monitoring"]["enabled"]
    assert config["run_monitoring"]["max_runtime_seconds"] > 0
    assert config["run_retries"]["enabled"]
    assert config["telemetry"]["enabled"] is False
    ref = InstanceRef.from_dir(str(home))
    assert ref.storage_data is not None
    assert ref.storage_data.class_name == "PooledPostgresStorage"


@pytest.mark.slow
def test_every_part_that_production_names_can_be_made_from_what_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in set(re.findall(r"\{env: (\w+)\}", DEPLOY.read_text("utf-8"))):
        monkeypatch.setenv(name, "https://s3.example" if name == "S3_ENDPOINT_URL" else "postgresql://sgd@db/dagster")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        # Without them the client looks for a cloud machine's own.
        monkeypatch.setenv(name, "x")
    # It asks for the bucket as soon as it is made.
    monkeypatch.setattr("botocore.client.BaseClient._make_api_call", lambda *_: {})
    shutil.copy(DEPLOY, tmp_path / "dagster.yaml")
    ref = InstanceRef.from_dir(str(tmp_path))
    assert type(ref.compute_log_manager).__name__ == "S3ComputeLogManager"
    assert type(ref.run_launcher).__name__ == "DefaultRunLauncher"
    assert type(ref.run_coordinator).__name__ == "QueuedRunCoordinator"


def test_the_launcher_of_one_pod_per_run_is_a_comment_that_is_yaml_without_its_signs() -> None:
    text = DEPLOY.read_text("utf-8")
    commented = text[text.index("# run_launcher:") : text.index("retention:")]
    block = yaml.safe_load("\n".join(line.removeprefix("# ") for line in commented.splitlines()))
    assert block["run_launcher"]["class"] == "K8sRunLauncher"
    assert "run_launcher" not in yaml.safe_load(text)


def test_production_keeps_compute_logs_in_s3_and_events_durable() -> None:
    config = yaml.safe_load(DEPLOY.read_text("utf-8"))
    assert config["compute_logs"]["class"] == "S3ComputeLogManager"
    assert config["storage"]["custom"]["config"]["durable_events"] is True

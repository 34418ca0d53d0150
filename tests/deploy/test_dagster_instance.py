"""deploy/dagster.yaml as Dagster reads it: the schema, and each class that it names, with the block of pods as well."""

import importlib
import re
from pathlib import Path

import pytest
import yaml
from dagster._config import process_config, resolve_to_config_type
from dagster._core.instance.config import dagster_instance_config
from dagster._core.instance.ref import InstanceRef
from dagster._serdes import ConfigurableClass, ConfigurableClassData

from tests.deploy.dockerfile import stages
from tests.deploy.files import DEPLOY

KUBECONFIG = """
apiVersion: v1
kind: Config
current-context: c
contexts: [{name: c, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: "http://127.0.0.1:9"}}]
users: [{name: u, user: {token: t}}]
"""


@pytest.fixture(autouse=True)
def variables(monkeypatch: pytest.MonkeyPatch) -> None:
    said = (DEPLOY / "dagster.yaml").read_text("utf-8")
    for name in re.findall(r"\{env: (\w+)\}", said):
        monkeypatch.setenv(
            name, "postgresql://127.0.0.1:9/x" if name == "DAGSTER_DATABASE_URL" else "https://x.example"
        )


def with_pods(said: str, kubeconfig: Path) -> str:
    """The file with the comment signs of its launcher taken away, and a cluster that needs no pod to be in."""
    loud = re.sub(r"(?ms)^# run_launcher:.*?\n\n", lambda block: re.sub(r"(?m)^# ?", "", block[0]), said)
    document = yaml.safe_load(loud)
    document["run_launcher"]["config"] |= {"load_incluster_config": False, "kubeconfig_file": str(kubeconfig)}
    return yaml.safe_dump(document)


def reference(folder: Path, said: str) -> InstanceRef:
    (folder / "dagster.yaml").write_text(said, "utf-8")
    dagster_instance_config(str(folder))
    return InstanceRef.from_dir(str(folder))


def assert_config_fits(named: ConfigurableClassData | None) -> None:
    """The class is there and takes what the file gives it; making it would reach for its service."""
    assert named is not None
    kind = getattr(importlib.import_module(named.module_name), named.class_name)
    assert process_config(resolve_to_config_type(kind.config_type()), named.config_dict).success


def test_it_is_valid_and_each_class_that_it_names_takes_its_settings(tmp_path: Path) -> None:
    said = (DEPLOY / "dagster.yaml").read_text("utf-8")
    found, document = reference(tmp_path, said), yaml.safe_load(said)
    assert_config_fits(found.storage_data)
    assert_config_fits(found.compute_logs_data)
    assert found.compute_logs_data.class_name == "S3ComputeLogManager"
    assert dict(found.settings)["run_monitoring"] == document["run_monitoring"]


@pytest.mark.slow
def test_a_pod_per_run_can_be_switched_on(tmp_path: Path) -> None:
    kubeconfig = tmp_path / "kubeconfig"
    kubeconfig.write_text(KUBECONFIG, "utf-8")
    found = reference(tmp_path, with_pods((DEPLOY / "dagster.yaml").read_text("utf-8"), kubeconfig))
    assert found.run_launcher_data is not None
    launcher = found.run_launcher_data.rehydrate()
    assert type(launcher).__name__ == "K8sRunLauncher"
    assert isinstance(launcher, ConfigurableClass)
    assert launcher.inst_data is not None
    settings = launcher.inst_data.config_dict
    assert settings["env_secrets"] == ["sgd-secrets"]
    assert settings["run_k8s_config"]["job_spec_config"] == {"ttl_seconds_after_finished": 3600}
    [home] = stages()[-1].all_of("COPY")[1:]
    assert home.endswith(f" {settings['dagster_home']}/")

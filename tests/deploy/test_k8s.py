"""The cluster's manifests: built as kustomize builds them, each against Kubernetes' own schema, and what they promise.

No cluster is here. What needs one is not tested: scheduling, the metrics adapter, the network plugin.
"""

import re
import shutil
import subprocess
from functools import cache
from typing import Any

import kubernetes_validate
import pytest

from sgd_api.http.serve import GRACE_S
from sgd_resources.settings import Settings
from tests.deploy.files import DEPLOY, ROOT, documents_of, yaml_of

KUBERNETES = "1.31"
"""The oldest version that a managed cluster still offers; the newest one is tried too."""
ENVIRONMENTS = ("dev", "staging", "prod")
OF_THE_OPERATOR = {"ServiceMonitor", "ScrapeConfig"}
OURS = {"api", "worker", "dagster-code", "dagster-webserver", "dagster-daemon", "migrate"}
needs_kubectl = pytest.mark.skipif(shutil.which("kubectl") is None, reason="no kubectl here to build overlays with")


@cache
def plain() -> list[Any]:
    """Every document of the base, as written."""
    base = DEPLOY / "k8s" / "base"
    names = [name for name in yaml_of(base / "kustomization.yaml")["resources"] if name.endswith(".yaml")]
    return [document for name in names for document in documents_of((base / name).read_text("utf-8"))]


@cache
def built(environment: str) -> list[Any]:
    command = ["kubectl", "kustomize", str(DEPLOY / "k8s" / "overlays" / environment)]
    return documents_of(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def of_kind(documents: list[Any], *kinds: str) -> list[Any]:
    return [document for document in documents if document["kind"] in kinds]


def named(documents: list[Any], kind: str, name: str) -> Any:
    [found] = [document for document in of_kind(documents, kind) if document["metadata"]["name"] == name]
    return found


def pod_of(document: Any) -> Any:
    spec = document["spec"]
    spec = spec["jobTemplate"]["spec"] if document["kind"] == "CronJob" else spec
    return spec["template"]["spec"]


def workloads(documents: list[Any]) -> list[Any]:
    return of_kind(documents, "Deployment", "StatefulSet", "Job", "CronJob")


def containers(pod: Any) -> list[Any]:
    return [*pod.get("initContainers", ()), *pod["containers"]]


@pytest.mark.slow
@pytest.mark.parametrize("version", [KUBERNETES, kubernetes_validate.latest_version()])
def test_kubernetes_knows_every_field_of_every_manifest(version: str) -> None:
    for document in plain():
        if document["kind"] not in OF_THE_OPERATOR:
            kubernetes_validate.validate(document, version, strict=True)


def test_a_misspelt_field_would_have_been_found() -> None:
    spoilt = {**named(plain(), "Service", "api"), "spec": {"selektor": {}, "ports": [{"port": 1}]}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(spoilt, KUBERNETES, strict=True)


@pytest.mark.slow
@needs_kubectl
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_each_environment_is_built_whole_and_valid(environment: str) -> None:
    documents = built(environment)
    for document in documents:
        if document["kind"] not in OF_THE_OPERATOR:
            kubernetes_validate.validate(document, KUBERNETES, strict=True)
        if document["kind"] != "Namespace":
            assert document["metadata"]["namespace"] == f"sgd-{environment}"
    [namespace] = of_kind(documents, "Namespace")
    assert namespace["metadata"]["name"] == f"sgd-{environment}"
    assert {len(documents)} == {len(built(other)) for other in ENVIRONMENTS}
    images = {each["image"] for work in workloads(documents) for each in containers(pod_of(work))}
    assert "sgd" not in images


@needs_kubectl
def test_production_keeps_three_to_twenty_and_dev_stays_small() -> None:
    prod = named(built("prod"), "HorizontalPodAutoscaler", "api")["spec"]
    assert (prod["minReplicas"], prod["maxReplicas"]) == (3, 20)
    assert named(built("dev"), "HorizontalPodAutoscaler", "api")["spec"]["maxReplicas"] == 2
    assert named(built("prod"), "ConfigMap", "sgd-settings")["data"]["S3_BUCKET"] == "sgd-prod"


def test_the_api_is_rolled_three_at_a_time_without_a_gap() -> None:
    api = named(plain(), "Deployment", "api")["spec"]
    assert api["replicas"] == 3
    assert api["strategy"]["rollingUpdate"] == {"maxSurge": 1, "maxUnavailable": 0}
    [container] = api["template"]["spec"]["containers"]
    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    told_s = int(container["lifecycle"]["preStop"]["exec"]["command"][1])
    assert api["template"]["spec"]["terminationGracePeriodSeconds"] > told_s + GRACE_S


def metrics(name: str) -> dict[str, Any]:
    spec = named(plain(), "HorizontalPodAutoscaler", name)["spec"]
    found = {}
    for metric in spec["metrics"]:
        detail = metric[metric["type"].lower()]
        found[detail.get("name") or detail["metric"]["name"]] = detail["target"]
    return found


def test_the_api_is_scaled_by_processor_memory_and_requests_in_flight() -> None:
    found = metrics("api")
    assert found["cpu"]["averageUtilization"] == 70
    assert found["memory"]["averageUtilization"] == 80
    assert "sgd_http_requests_in_flight" in found
    spec = named(plain(), "HorizontalPodAutoscaler", "worker")["spec"]
    assert (spec["minReplicas"], spec["maxReplicas"]) == (2, 10)


def test_every_metric_that_scales_something_is_one_that_we_tell() -> None:
    told = (ROOT / "docs" / "observability.md").read_text("utf-8")
    ours = {name for scaled in ("api", "worker") for name in metrics(scaled) if name.startswith("sgd_")}
    assert len(ours) == 2
    assert [name for name in ours if f"`{name}`" not in told] == []


def test_whatever_runs_is_bounded_and_has_no_rights() -> None:
    for work in workloads(plain()):
        name, pod = work["metadata"]["name"], pod_of(work)
        assert pod["automountServiceAccountToken"] is False, name
        assert pod["securityContext"]["runAsNonRoot"] is True, name
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, name
        for container in containers(pod):
            assert set(container["resources"]) == {"requests", "limits"}, name
            assert container["securityContext"]["allowPrivilegeEscalation"] is False, name
            assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}, name
            assert ":" in container["image"] or container["image"] == "sgd", name


def test_our_own_processes_have_a_read_only_root_and_settings_that_exist() -> None:
    known = {field.upper() for field in Settings.model_fields} | {"SGD_CODE_SERVER_HOST"}
    settings = set(named(plain(), "ConfigMap", "sgd-settings")["data"])
    assert settings <= known
    for work in workloads(plain()):
        if work["metadata"]["name"] in OURS:
            [container] = pod_of(work)["containers"]
            assert container["securityContext"]["readOnlyRootFilesystem"] is True
            assert {each["mountPath"] for each in container["volumeMounts"]} == {"/tmp", "/var/lib/sgd"}
            assert {each["name"] for each in container["env"]} <= known
            assert container["envFrom"] == [{"configMapRef": {"name": "sgd-settings"}}]


def test_secrets_are_named_and_never_held() -> None:
    example = yaml_of(DEPLOY / "k8s" / "base" / "secrets.example.yaml")
    assert set(example["stringData"].values()) == {""}
    asked = set()
    for work in workloads(plain()):
        for container in containers(pod_of(work)):
            for entry in container.get("env", ()):
                if "valueFrom" in entry and "secretKeyRef" in entry["valueFrom"]:
                    asked.add(entry["valueFrom"]["secretKeyRef"]["key"])
                else:
                    assert not re.search(r"PASSWORD|SECRET|_KEY$|TOKEN", entry["name"]), entry["name"]
    assert asked == set(example["stringData"])
    assert of_kind(plain(), "Secret") == []


def test_only_the_migration_knows_the_owner_of_the_schema_and_only_the_backup_the_administrator() -> None:
    """The tables force row level security on their owner too: its dump would be refused."""
    assert _holders("DATABASE_OWNER_URL") == {"migrate"}
    assert _holders("DATABASE_ADMIN_URL") == {"backup-postgres"}


def _holders(variable: str) -> set[str]:
    return {
        work["metadata"]["name"]
        for work in workloads(plain())
        for container in containers(pod_of(work))
        for entry in container.get("env", ())
        if entry["name"] == variable
    }


def test_every_selector_finds_pods_that_are_there() -> None:
    labels = {work["metadata"]["labels"]["app.kubernetes.io/name"] for work in workloads(plain())}
    for service in of_kind(plain(), "Service"):
        assert service["spec"]["selector"]["app.kubernetes.io/name"] in labels, service["metadata"]["name"]
    for budget in of_kind(plain(), "PodDisruptionBudget"):
        assert budget["spec"]["selector"]["matchLabels"]["app.kubernetes.io/name"] in labels
    services = {service["metadata"]["labels"]["app.kubernetes.io/name"] for service in of_kind(plain(), "Service")}
    for monitor in of_kind(plain(), "ServiceMonitor"):
        assert monitor["spec"]["selector"]["matchLabels"]["app.kubernetes.io/name"] in services
    for scaler in of_kind(plain(), "HorizontalPodAutoscaler"):
        named(plain(), "Deployment", scaler["spec"]["scaleTargetRef"]["name"])


def test_the_apis_metrics_are_asked_of_one_address_not_of_each_pod() -> None:
    [scrape] = of_kind(plain(), "ScrapeConfig")
    [found] = scrape["spec"]["kubernetesSDConfigs"]
    assert found["role"] == "Service"
    assert "app.kubernetes.io/name=api" in found["selectors"][0]["label"]
    assert [monitor["metadata"]["name"] for monitor in of_kind(plain(), "ServiceMonitor")] == ["kong"]


def test_a_port_that_is_named_is_one_that_the_container_has() -> None:
    pods = {work["metadata"]["name"]: pod_of(work) for work in workloads(plain())}
    for service in of_kind(plain(), "Service"):
        pod = pods[service["spec"]["selector"]["app.kubernetes.io/name"]]
        ports = {port["name"] for container in pod["containers"] for port in container.get("ports", ())}
        assert {port["targetPort"] for port in service["spec"]["ports"]} <= ports, service["metadata"]["name"]


def test_nothing_may_speak_to_anything_unless_it_is_said() -> None:
    nothing = named(plain(), "NetworkPolicy", "nothing")["spec"]
    assert nothing == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    for policy in of_kind(plain(), "NetworkPolicy"):
        for rule in policy["spec"].get("egress", ()):
            for target in rule.get("to", ()):
                block = target.get("ipBlock")
                if block and block["cidr"] == "0.0.0.0/0":
                    # The address where cloud machines hand out their own credentials.
                    assert "169.254.169.254/32" in block["except"], policy["metadata"]["name"]


def test_only_the_gateway_is_a_load_balancer() -> None:
    balanced = [each["metadata"]["name"] for each in of_kind(plain(), "Service") if each["spec"].get("type")]
    assert balanced == ["kong"]


def test_the_dump_is_made_daily_and_read_back_before_it_is_sent() -> None:
    job = named(plain(), "CronJob", "backup-postgres")["spec"]
    assert re.fullmatch(r"\d+ \d+ \* \* \*", job["schedule"])
    [dump] = pod_of({"kind": "CronJob", "spec": job})["initContainers"]
    assert "pg_restore --list" in dump["command"][-1]

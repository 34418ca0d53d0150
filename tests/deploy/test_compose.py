"""The compose file: the specification's own schema, and that its parts fit each other and the image."""

import re
from typing import Any

import pytest

from sgd_resources.settings import Settings
from tests.deploy.files import DEPLOY, ROOT, faults, vendored_schema, yaml_of

ASKED_FOR = {
    "api", "worker", "dagster-webserver", "dagster-daemon", "kong", "redis", "qdrant", "postgres", "clamav", "langfuse",
    "prometheus", "grafana",
}  # fmt: skip
OURS = {"migrate", "api", "worker", "dagster-code", "dagster-webserver", "dagster-daemon"}


@pytest.fixture(scope="module")
def compose() -> Any:
    return yaml_of(DEPLOY / "compose.yaml")


def text() -> str:
    return (DEPLOY / "compose.yaml").read_text("utf-8")


def test_it_keeps_to_the_schema_of_compose_files(compose: Any) -> None:
    assert faults(compose, vendored_schema("compose-spec")) == []


def test_the_schema_refuses_what_is_no_compose_file(compose: Any) -> None:
    assert (
        faults({**compose, "services": {"api": {"image": "x", "prots": ["1:1"]}}}, vendored_schema("compose-spec"))
        != []
    )


def test_every_part_that_was_asked_for_is_a_service(compose: Any) -> None:
    assert set(compose["services"]) >= ASKED_FOR
    versions = {name: compose["services"][name]["image"] for name in ("kong", "redis", "postgres")}
    assert versions == {"kong": "kong:3.7", "redis": "redis:7-alpine", "postgres": "postgres:16-alpine"}


def test_every_image_names_a_version(compose: Any) -> None:
    for name, service in compose["services"].items():
        assert ":" in service["image"], name
        assert not service["image"].endswith(":latest"), name


def test_what_a_service_waits_for_is_there_and_can_be_healthy(compose: Any) -> None:
    services = compose["services"]
    for name, service in services.items():
        waits = service.get("depends_on", {})
        assert set(waits) <= set(services), name
        for needed, how in waits.items() if isinstance(waits, dict) else ():
            if how["condition"] == "service_healthy":
                # Ours bring the image's own check.
                assert "healthcheck" in services[needed] or needed == "api", (name, needed)


@pytest.mark.parametrize("name", sorted(OURS))
def test_our_processes_run_read_only_without_rights_and_with_settings_that_exist(compose: Any, name: str) -> None:
    service = compose["services"][name]
    assert service["read_only"] is True
    assert service["user"] == "10001:10001"
    assert service["cap_drop"] == ["ALL"]
    assert {place.partition(":")[0] for place in service["tmpfs"]} == {"/tmp", "/var/lib/sgd"}
    known = {field.upper() for field in Settings.model_fields} | {"SGD_CODE_SERVER_HOST"}
    assert set(service["environment"]) <= known


def test_only_the_migration_knows_the_owner_of_the_schema(compose: Any) -> None:
    holders = [name for name in OURS if "DATABASE_OWNER_URL" in compose["services"][name]["environment"]]
    assert holders == ["migrate"]


def test_only_the_gateway_has_a_port_that_others_reach(compose: Any) -> None:
    for name, service in compose["services"].items():
        for port in service.get("ports", ()):
            assert name == "kong" or port.startswith("127.0.0.1:"), (name, port)


def test_the_trusted_proxy_is_the_network_that_the_gateway_is_in(compose: Any) -> None:
    subnet = compose["networks"]["inside"]["ipam"]["config"][0]["subnet"]
    assert compose["services"]["api"]["environment"]["SGD_TRUSTED_PROXIES"] == subnet
    assert "inside" in compose["services"]["kong"]["networks"]


def test_no_secret_stands_in_it_and_each_has_a_line_in_the_example() -> None:
    asked = set(re.findall(r"\$\{(\w+)", text()))
    example = (DEPLOY / "compose.env.example").read_text("utf-8")
    named = set(re.findall(r"^(?:# )?(\w+)=", example, flags=re.M))
    assert asked - {"SGD_IMAGE"} == named
    assert not re.findall(r"(?i)(password|secret|key): [\"']?[a-z0-9]{8,}", text())


def test_every_file_that_is_mounted_is_there(compose: Any) -> None:
    for service in compose["services"].values():
        for mount in service.get("volumes", ()):
            source = mount.partition(":")[0]
            assert source in compose["volumes"] or (DEPLOY / source).exists(), source


def test_a_request_ends_before_its_container_is_killed(compose: Any) -> None:
    from sgd_api.http.serve import GRACE_S

    assert int(compose["services"]["api"]["stop_grace_period"].removesuffix("s")) > GRACE_S


def test_the_image_is_built_from_our_dockerfile(compose: Any) -> None:
    build = compose["services"]["migrate"]["build"]
    assert (DEPLOY / build["context"]).resolve() == ROOT
    assert (ROOT / build["dockerfile"]).is_file()

"""The gateway's files: shape by Kong's reference, routes by what they must catch, values in step with the API's."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from sgd_api.http.app import _CORS
from sgd_api.http.openapi import PUBLIC_PATHS
from sgd_assets.evidence.policy import upload_policy
from tests.deploy.files import DEPLOY, faults
from tests.deploy.kong_schema import ENTERPRISE, OPEN_SOURCE, schema

KONG = DEPLOY / "kong"
VALUES = {
    "SGD_REDIS_HOST": "redis",
    "SGD_REDIS_PASSWORD": 'odd "\\ $1 & word',
    "SGD_JWT_ISSUER": "https://clerk.example.com",
    "SGD_JWT_PUBLIC_KEY": "-----BEGIN PUBLIC KEY-----\nAB+/=\n-----END PUBLIC KEY-----\n",
    "SGD_JWT_AUDIENCE": "sgd",
    "SGD_METRICS_KEY": "metrics",
    "SGD_CORS_ORIGIN": "https://app.example.com",
}
WITHOUT_CREDENTIALS = {"open", "assets", "nobody"}


def filled(name: str, folder: Path, **values: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": os.environ["PATH"], **VALUES, **values}
    environment = {key: value for key, value in environment.items() if value}
    command = ["sh", str(KONG / "fill.sh"), str(KONG / name), str(folder / name)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def gateway(name: str, folder: Path) -> Any:
    done = filled(name, folder)
    assert done.returncode == 0, done.stderr
    return yaml.safe_load((folder / name).read_text("utf-8"))


@pytest.fixture
def kong(tmp_path: Path) -> Any:
    return gateway("kong.yaml", tmp_path)


def routes(kong: Any) -> dict[str, Any]:
    return {route["name"]: route for service in kong["services"] for route in service["routes"]}


def configuration(entity: Any, plugin: str) -> Any:
    [found] = [each["config"] for each in entity["plugins"] if each["name"] == plugin]
    return found


def test_the_free_edition_knows_everything_in_its_file(kong: Any) -> None:
    assert faults(kong, schema(OPEN_SOURCE)) == []


def test_the_enterprise_variant_needs_the_enterprise_edition(tmp_path: Path) -> None:
    variant = gateway("kong.enterprise.yaml", tmp_path)
    assert faults(variant, schema(ENTERPRISE)) == []
    assert faults(variant, schema(OPEN_SOURCE)) != []


def test_a_misspelt_field_and_a_window_without_redis_are_faults(kong: Any) -> None:
    spoilt = json.loads(json.dumps(kong).replace('"limit_by"', '"limited_by"', 1))
    assert faults(spoilt, schema(OPEN_SOURCE)) != []
    spoilt = json.loads(json.dumps(kong))
    del configuration(routes(spoilt)["keys"], "rate-limiting")["redis"]
    assert faults(spoilt, schema(OPEN_SOURCE)) != []


def test_values_arrive_as_they_are_and_a_missing_one_ends_it(kong: Any, tmp_path: Path) -> None:
    assert configuration(routes(kong)["keys"], "rate-limiting")["redis"]["password"] == VALUES["SGD_REDIS_PASSWORD"]
    [secret] = kong["consumers"][0]["jwt_secrets"]
    assert secret["rsa_public_key"] == VALUES["SGD_JWT_PUBLIC_KEY"]
    refused = filled("kong.yaml", tmp_path, SGD_METRICS_KEY="")
    assert refused.returncode != 0
    assert "SGD_METRICS_KEY" in refused.stderr


def test_what_the_api_answers_to_anybody_needs_no_credential_here(kong: Any) -> None:
    expression = routes(kong)["open"]["expression"]
    elsewhere = {"/metrics", "/v1/metrics", "/assets/{key}"}
    asked = set(re.findall(r'http\.path == "([^"]+)"', expression))
    assert asked == PUBLIC_PATHS - elsewhere
    # the files that two of the pages load
    assert re.findall(r'http\.path \^= "([^"]+)"', expression) == ["/docs/files/"]


def test_every_route_is_limited_over_redis_or_lets_nobody_in(kong: Any) -> None:
    for name, route in routes(kong).items():
        plugins = {plugin["name"] for plugin in route["plugins"]}
        if name not in ("nobody", "metrics"):
            assert configuration(route, "rate-limiting")["policy"] == "redis", name
        assert plugins & {"rate-limiting", "acl", "request-termination"}, name


def test_tokens_are_verified_and_only_members_pass(kong: Any) -> None:
    tokens = routes(kong)["tokens"]
    assert set(configuration(tokens, "jwt")["claims_to_verify"]) == {"exp", "nbf"}
    assert configuration(tokens, "jwt")["key_claim_name"] == "iss"
    assert configuration(tokens, "acl")["allow"] == ["members"]
    [issuer] = [consumer for consumer in kong["consumers"] if consumer["username"] == "issuer"]
    assert {secret["algorithm"] for secret in issuer["jwt_secrets"]} == {"RS256"}
    assert issuer["acls"] == [{"group": "members"}]


def test_metrics_are_for_operators_whatever_else_a_request_carries(kong: Any) -> None:
    metrics = routes(kong)["metrics"]
    assert metrics["priority"] == max(route["priority"] for route in routes(kong).values())
    assert "headers" not in metrics["expression"]
    assert configuration(metrics, "acl")["allow"] == ["operators"]
    assert configuration(metrics, "key-auth")["hide_credentials"] is True


def test_who_shows_nothing_gets_the_answer_of_the_api(kong: Any) -> None:
    nobody = routes(kong)["nobody"]
    assert nobody["priority"] == min(route["priority"] for route in routes(kong).values())
    answer = configuration(nobody, "request-termination")
    assert answer["status_code"] == 401
    assert json.loads(answer["body"])["error"]["code"] == "UNAUTHORIZED"


def test_streams_and_uploads_are_passed_on_as_they_come(kong: Any) -> None:
    for name, route in routes(kong).items():
        if name not in WITHOUT_CREDENTIALS | {"metrics"}:
            assert route["request_buffering"] is False, name
            assert route["response_buffering"] is False, name
    [service] = kong["services"]
    assert service["retries"] == 0


def test_the_largest_body_holds_the_largest_file(kong: Any) -> None:
    size = configuration(kong, "request-size-limiting")
    assert size["size_unit"] == "megabytes"
    # A megabyte is 1,048,576 bytes to Kong.
    assert size["allowed_payload_size"] * 1_048_576 > upload_policy().max_file_bytes
    assert size["require_content_length"] is False


def test_browsers_are_told_the_same_as_by_the_api(kong: Any) -> None:
    cors = configuration(kong, "cors")
    assert cors["methods"] == _CORS["allow_methods"]
    assert cors["headers"] == _CORS["allow_headers"]
    assert cors["exposed_headers"] == _CORS["expose_headers"]
    assert cors["credentials"] is False


def test_a_request_keeps_the_id_that_the_api_logs(kong: Any) -> None:
    found = configuration(kong, "correlation-id")
    assert (found["header_name"], found["echo_downstream"]) == ("X-Request-ID", True)


def test_every_variable_is_one_that_the_compose_file_hands_over() -> None:
    asked = set(re.findall(r"\$\{(\w+)\}", (KONG / "kong.yaml").read_text("utf-8"))) - {"NAME"}
    given = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]["kong"]["environment"]
    assert asked <= set(given)

"""Debian's Redis with our two files: TLS alone, a password, nothing evicted; the API speaks to it by one URL."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import redis

from tests.deploy.files import DEPLOY
from tests.services.deploy.certificate import write_certificate
from tests.services.deploy.running import api_with, folder_for_all, free_port, program, server

FALLBACKS = r"^sgd_rate_limiter_fallback_total\S* (\S+)$"
pytestmark = [pytest.mark.services, pytest.mark.slow]
PASSWORD = "a-password-of-this-test"


@dataclass
class Secured:
    """A Redis that speaks TLS only."""

    port: int
    authority: Path

    @property
    def url(self) -> str:
        return f"rediss://:{PASSWORD}@127.0.0.1:{self.port}/0?ssl_ca_certs={self.authority}"


@pytest.fixture(scope="module")
def secured() -> Iterator[Secured]:
    with folder_for_all("sgd-redis-") as folder:
        port = free_port()
        certificate, key = write_certificate(folder)
        ours = "\n".join((DEPLOY / "redis" / name).read_text("utf-8") for name in ("redis.conf", "tls.conf"))
        for was, now in {
            "tls-port 6379": f"tls-port {port}",
            "/etc/redis/tls/redis.crt": str(certificate),
            "/etc/redis/tls/redis.key": str(key),
            "/etc/redis/tls/ca.crt": str(certificate),
        }.items():
            assert ours.count(was) == 1, was
            ours = ours.replace(was, now)
        (folder / "redis.conf").write_text(ours, "utf-8")
        command = ["/usr/bin/redis-server", str(folder / "redis.conf"), "--requirepass", PASSWORD, "--dir", str(folder)]
        assert program("redis-server")
        with server(command, port, folder / "log"):
            yield Secured(port, certificate)


def test_only_tls_with_the_password_is_answered(secured: Secured) -> None:
    with redis.Redis.from_url(secured.url) as client:
        assert client.ping()
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert client.config_get("appendonly") == {"appendonly": "yes"}
    with redis.Redis(port=secured.port, password=PASSWORD) as plain, pytest.raises(redis.ConnectionError):
        plain.ping()
    wrong = secured.url.replace(PASSWORD, "wrong")
    with redis.Redis.from_url(wrong) as client, pytest.raises(redis.AuthenticationError):
        client.ping()
    unknown = secured.url.partition("?")[0]
    with redis.Redis.from_url(unknown) as client, pytest.raises(redis.ConnectionError):
        client.ping()


def test_the_api_keeps_its_limits_there(secured: Secured) -> None:
    with api_with({"REDIS_URL": secured.url}) as stack:
        _, key = stack.create_key("larkfold", "test")
        ready = httpx.get(f"{stack.api_url}/readyz", timeout=30).json()
        assert {each["name"]: each["state"] for each in ready["dependencies"]}["redis"] == "up"
        answer = httpx.get(f"{stack.api_url}/uploads", headers={"X-API-Key": key}, timeout=30)
        assert answer.status_code == 200
        metrics = httpx.get(f"{stack.api_url}/metrics", timeout=30).text
        assert {float(found) for found in re.findall(FALLBACKS, metrics, flags=re.M)} <= {0.0}
    with redis.Redis.from_url(secured.url) as client:
        assert client.dbsize() > 0

"""Keys that one script touches lie in one slot: Debian's Redis as a cluster node refuses every other use.

One node holds all slots, which is enough: a cluster node refuses keys of two slots in one step (CROSSSLOT) in any case.
Spreading over several nodes needs a client that follows them, and is not tried.
"""

import re
import subprocess
from collections.abc import Iterator

import httpx
import pytest
import redis

from sgd_resources.redis.heard_cache import HeardCache
from tests.fakes.openrouter import running
from tests.services.deploy.running import api_with, folder_for_all, free_port, server

FALLBACKS = r"^sgd_rate_limiter_fallback_total\S* (\S+)$"
pytestmark = [pytest.mark.services, pytest.mark.slow]


@pytest.fixture(scope="module")
def node() -> Iterator[str]:
    with folder_for_all("sgd-cluster-") as folder:
        port = free_port()
        command = ["/usr/bin/redis-server", "--port", str(port), "--cluster-enabled", "yes", "--dir", str(folder)]
        with server([*command, "--save", "", "--cluster-port", str(free_port())], port, folder / "log"):
            subprocess.run(
                ["/usr/bin/redis-cli", "-p", str(port), "cluster", "addslotsrange", "0", "16383"],
                check=True, capture_output=True,
            )  # fmt: skip
            with redis.Redis(port=port) as client:
                while "cluster_state:ok" not in str(client.cluster("info")).replace("'", "").replace(": ", ":"):
                    pass
            yield f"redis://127.0.0.1:{port}/0"


def test_the_node_really_refuses_two_slots_in_one_step(node: str) -> None:
    with redis.Redis.from_url(node) as client, pytest.raises(redis.ResponseError, match="same slot"):
        client.mget("a", "b")


def test_limits_budgets_and_caches_work_on_a_cluster(node: str) -> None:
    with running() as provider:
        settings = {"REDIS_URL": node, "OPENROUTER_API_KEY": "sk-test", "OPENROUTER_BASE_URL": provider.url}
        with api_with(settings) as stack:
            _, key = stack.create_key("larkfold", "test")
            with httpx.Client(base_url=stack.api_url, headers={"X-API-Key": key}, timeout=60) as client:
                assert client.get("/uploads").status_code == 200
                body = {"prompt": "A poster for our summer fair, warm colours, 5 euro"}
                for _ in range(2):
                    answer = client.post("/v1/analyze", json=body)
                    assert answer.status_code < 500, answer.text
                assert client.get("/api/inference/status").status_code == 200
                assert client.get("/api/inference/usage").status_code == 200
                metrics = client.get("/metrics").text
        assert {float(found) for found in re.findall(FALLBACKS, metrics, flags=re.M)} <= {0.0}
        assert "sgd_llm_view_up 1" in metrics
        assert provider.calls, "no model was asked, so no budget was used"
    with redis.Redis.from_url(node) as client:
        kept = {found.decode() for found in client.scan_iter(count=1000)}
        assert any("{llm}:budget" in name for name in kept), kept
        assert any("{llm}:window" in name for name in kept), kept
        HeardCache(client).close()

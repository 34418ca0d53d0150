"""How the API is served: who stands before it closes idle connections first."""

import re
from pathlib import Path

import httpx
from starlette.responses import PlainTextResponse

from sgd_api.http.serve import server_config
from sgd_resources.settings import Settings

NGINX = Path(__file__).resolve().parents[3] / "deploy" / "nginx" / "sgd.conf"
NGINX_KEEPS_S = 60
"""Of `keepalive_timeout` in an upstream that does not say (ngx_http_upstream_module); Kong's is the same."""


def test_an_idle_connection_is_kept_longer_than_those_before_us_keep_it() -> None:
    upstream = re.search(r"upstream sgd_api \{(.*?)\}", NGINX.read_text("utf-8"), re.DOTALL)
    assert upstream is not None
    assert "keepalive " in upstream[1]
    assert "keepalive_timeout" not in upstream[1]
    found = server_config(Settings(_env_file=None), PlainTextResponse("ok")).timeout_keep_alive
    assert found > NGINX_KEEPS_S
    assert found > (httpx.Limits().keepalive_expiry or 0)

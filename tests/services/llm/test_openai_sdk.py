"""OpenAI's own SDK speaks to POST /v1/chat/completions of ours: nothing but its address is changed."""

import json
import socket
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from pydantic import SecretStr

from sgd_api.http.app import create_app
from sgd_api.http.services import build_services
from sgd_resources.embedded.services import ServiceUrls
from sgd_resources.lazy import Lazy
from sgd_resources.llm.build import build_gateway
from sgd_resources.llm.sync_gateway import SyncLlmGateway
from sgd_resources.postgres.engine import Database
from sgd_resources.settings import Settings
from tests.fakes.llm import FixedPolicy, policy
from tests.fakes.openrouter import DONE, Step, chat_reply, delta, running, usage
from tests.services.wheel_venv import python_with
from tests.sgd_api.conftest import make_key

CLIENT = Path(__file__).with_name("openai_client.py")


def _reply(body: Mapping[str, Any]) -> Step:
    if body.get("stream"):
        return Step(events=(delta("Te"), delta("al", finish="stop", usage=usage()), DONE))
    if body.get("tools"):
        call = {"id": "c1", "type": "function", "function": {"name": "draw", "arguments": '{"a": 1}'}}
        return Step(body=chat_reply(None, finish="tool_calls", tool_calls=[call]))
    return Step(body=chat_reply("Teal"))


@contextmanager
def _served(settings: Settings, urls: ServiceUrls, database: Database) -> Iterator[str]:
    rules = policy(levels={"light": "acme/good-2", "capable": "acme/good-1"})
    rules = replace(rules, tasks={**rules.tasks, "chat": replace(rules.tasks["analyze"], name="chat")})
    gateway = SyncLlmGateway(
        lambda: build_gateway(settings, redis_url=urls.redis_url, database=database, policies=FixedPolicy(rules)),
        watches=False,
    )
    services = replace(build_services(settings, urls), llm=Lazy(lambda: gateway))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(create_app(settings, services), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        finally:
            server.should_exit = True
            thread.join(20)
            gateway.close()


def test_openais_sdk_speaks_to_us(services: ServiceUrls, database: Database, tmp_path: Path) -> None:
    python = python_with("openai-sdk", ["openai"])
    if python is None:
        pytest.skip(reason="openai cannot be installed here")
    key = make_key(database, "acme")
    with running() as fake:
        fake.answer = _reply
        settings = Settings(
            _env_file=None, sgd_var_dir=tmp_path, openrouter_api_key=SecretStr("sk-test"), openrouter_base_url=fake.url
        )
        with _served(settings, services, database) as address:
            ran = subprocess.run(
                [str(python), str(CLIENT), address, key], capture_output=True, text=True, timeout=120, check=False
            )
    assert ran.returncode == 0, ran.stderr[-3_000:]
    assert json.loads(ran.stdout) == {
        "text": "Teal",
        "tokens": 54,
        "streamed": "Teal",
        "streamed_tokens": 54,
        "arguments": {"a": 1},
        "finish": "tool_calls",
        "models": ["chat", "light", "capable", "acme/good-1", "acme/good-2"],
        "unknown": "model_not_found",
        "wrong_key": "invalid_api_key",
    }

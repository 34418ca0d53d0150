"""The models of a render: the real gateway over a transport in memory, answered by task, every request kept."""

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from sgd_resources.llm.answers.cache import ResponseCache
from sgd_resources.llm.answers.single_flight import SharedFlights
from sgd_resources.llm.call.attempts import Attempts
from sgd_resources.llm.call.breaker import Breakers
from sgd_resources.llm.call.parts import GatewayParts
from sgd_resources.llm.gateway import LlmGateway
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.money.budget import RedisBudget
from sgd_resources.llm.policy.policy_file import ModelFacts, Policy
from sgd_resources.llm.policy.rate_limit import RedisLimiter
from sgd_resources.llm.policy.routing import Observations
from sgd_resources.llm.shown.told import Shown
from sgd_resources.llm.sync_gateway import SyncLlmGateway
from sgd_resources.llm.tracing import LangfuseTracer
from sgd_resources.redis.shared_state import SharedState
from tests.fakes.llm import FixedPolicy, ListLedger, policy
from tests.fakes.openrouter import Step, chat_reply, png
from tests.fakes.transport import FakeTransport

PAINTERS = ("acme/painter", "acme/painter-2")
PLANNED_USD, CRITIC_USD, IMAGE_USD = 0.002, 0.003, 0.05

Answer = Mapping[str, Any] | Step
Script = Callable[[Mapping[str, Any]], Answer]


@dataclass(frozen=True)
class Asked:
    """One request as the provider got it."""

    task: str
    body: Mapping[str, Any]

    @property
    def text(self) -> str:
        """All text of its messages."""
        if "prompt" in self.body:
            return str(self.body["prompt"])
        parts = []
        for message in self.body["messages"]:
            content = message["content"]
            parts += [content] if isinstance(content, str) else [part.get("text", "") for part in content]
        return "\n".join(parts)

    @property
    def pictures(self) -> list[bytes]:
        """The pictures that came with it."""
        if "prompt" in self.body:
            urls = [part["image_url"]["url"] for part in self.body.get("input_references", ())]
            return [base64.b64decode(url.partition(",")[2]) for url in urls]
        contents = [message["content"] for message in self.body["messages"] if isinstance(message["content"], list)]
        urls = [part["image_url"]["url"] for content in contents for part in content if part["type"] == "image_url"]
        return [base64.b64decode(url.partition(",")[2]) for url in urls]


class Client:
    """Langfuse's client as far as the tracer uses it."""

    def __init__(self) -> None:
        self.generations: list[dict[str, Any]] = []

    def start_observation(self, **told: Any) -> "Client":
        self.generations.append(told)
        return self

    def end(self) -> None:
        """Nothing to send."""

    def shutdown(self) -> None:
        """Nothing to close."""


@dataclass
class RenderModels:
    """A gateway with a key, and what to look at."""

    gateway: SyncLlmGateway
    asked: list[Asked]
    langfuse: Client
    ledger: ListLedger

    def of(self, task: str) -> list[Asked]:
        return [one for one in self.asked if one.task == task]


@dataclass
class Scripts:
    """What each task answers; a list is answered in turn, its last entry again and again."""

    planner: Any = None
    critic: Any = None
    image: Any = None
    draft: Any = None
    moderation: Any = None
    seen: dict[str, int] = field(default_factory=dict)

    def answer(self, task: str, body: Mapping[str, Any]) -> Step:
        script = getattr(self, task)
        if isinstance(script, list):
            at = self.seen.get(task, 0)
            self.seen[task] = at + 1
            script = script[min(at, len(script) - 1)]
        found = script(body) if callable(script) else script
        if isinstance(found, Step):
            return found
        if task == "image":
            data = found if isinstance(found, bytes) else png(64, 64)
            return images_step(data) if "prompt" in body else picture_step(data, body["model"])
        document = found if found is not None else good_answer(body)
        cost = CRITIC_USD if task == "critic" else PLANNED_USD
        return Step(body=chat_reply(json.dumps(document), model=body["model"], cost=cost))


def picture_step(data: bytes, model: str, *, served: str | None = None) -> Step:
    """A reply with one picture."""
    reply = chat_reply("", model=served or model, cost=IMAGE_USD)
    url = "data:image/png;base64," + base64.b64encode(data).decode()
    reply["choices"][0]["message"]["images"] = [{"type": "image_url", "image_url": {"url": url}}]
    return Step(body=reply)


def images_step(data: bytes) -> Step:
    """A reply of POST /images with one picture."""
    picture = {"b64_json": base64.b64encode(data).decode(), "media_type": "image/png"}
    spent = {"prompt_tokens": 42, "completion_tokens": 12, "total_tokens": 54, "cost": IMAGE_USD}
    return Step(body={"created": 1, "data": [picture], "usage": spent})


def good_answer(body: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """An answer that keeps the schema of the request: the first of what may be chosen, nothing else."""
    return {**_least(body["response_format"]["json_schema"]["schema"]), **changes}


def task_of(body: Mapping[str, Any]) -> str:
    """The task of a request, by what it asks for."""
    if "image" in body.get("modalities", ()) or "prompt" in body:
        return "image"
    names = {"render_opinion": "critic", "content_opinion": "moderation"}
    if named := names.get(body["response_format"]["json_schema"]["name"]):
        return named
    return "draft" if "draft of one picture" in str(body["messages"][0]["content"]) else "planner"


@contextmanager
def render_models(redis_url: str, scripts: Scripts, **changes: Any) -> Iterator[RenderModels]:
    """The gateway for as long as the block lasts."""
    asked: list[Asked] = []

    def answer(body: Mapping[str, Any]) -> Step:
        task = task_of(body)
        asked.append(Asked(task, body))
        return scripts.answer(task, body)

    ledger, langfuse = ListLedger(), Client()
    chosen = rules(**changes)
    gateway = SyncLlmGateway(
        lambda: _gateway(redis_url, chosen, FakeTransport(answer), ledger, langfuse), watches=False
    )
    try:
        yield RenderModels(gateway, asked, langfuse, ledger)
    finally:
        gateway.close()


def rules(**changes: Any) -> Policy:
    """The tests' policy with two painters; a planner's answer is kept for a day."""
    found = policy()
    tasks = dict(found.tasks)
    tasks["planner"] = replace(tasks["planner"], cache_ttl_s=86_400, temperature=0.0, max_cost_usd_micros=50_000)
    tasks["critic"] = replace(tasks["critic"], temperature=0.0, max_cost_usd_micros=50_000)
    tasks["image"] = replace(tasks["image"], models=PAINTERS)
    facts = {slug: ModelFacts(image_usd=IMAGE_USD) for slug in PAINTERS}
    return replace(found, **{"tasks": tasks, "models": facts, **changes})


def _gateway(
    redis_url: str, chosen: Policy, transport: FakeTransport, ledger: ListLedger, langfuse: Client
) -> LlmGateway:
    state = SharedState(redis_url)
    breakers, metrics = Breakers(), LlmMetrics()
    shown = Shown(state, metrics.registry, breakers.states)
    attempts = Attempts(
        transport, budget=RedisBudget(state, chosen.budgets), limiter=RedisLimiter(state, "sk-test"), ledger=ledger,
        breakers=breakers, seen=Observations(), metrics=metrics, shown=shown, lookup_delays_s=(0.01,),
    )  # fmt: skip
    return LlmGateway(
        GatewayParts(
            FixedPolicy(chosen), attempts, ResponseCache(state), shared_flights=SharedFlights(state),
            closers=(state.close,), shown=shown, tracer=LangfuseTracer(langfuse),
        )
    )  # fmt: skip


def _least(schema: Mapping[str, Any]) -> Any:
    """The smallest value that satisfies a schema of ours."""
    if "enum" in schema:
        return None if None in schema["enum"] else schema["enum"][0]
    kind = schema["type"]
    if isinstance(kind, list):
        return None
    if kind == "object":
        return {name: _least(one) for name, one in schema["properties"].items()}
    if kind == "array":
        return [_least(schema["items"]) for _ in range(schema.get("minItems", 0))]
    return False if kind == "boolean" else ""

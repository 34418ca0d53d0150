"""A request in the form every model of a chain can be asked in, and what one flight brings home.

What must not live here: asking.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import orjson

from sgd_resources.llm.answers.cache_control import CacheControl
from sgd_resources.llm.answers.structured import Verdict, judge, reask, response_format
from sgd_resources.llm.answers.tool_calls import Tools, checked_tools, judge_calls, reask_calls
from sgd_resources.llm.policy.policy_file import Policy, Surface, TaskPolicy
from sgd_resources.llm.policy.tokens import TOKENS_PER_MESSAGE, TOKENS_PER_PICTURE, Family, most_tokens, scripts_of
from sgd_resources.llm.wire import openrouter
from sgd_resources.llm.wire.replies import CacheState, CallFailed, Completion, Picture, Reply
from sgd_resources.llm.wire.sse import read_whole
from sgd_resources.llm.wire.transport import HttpReply
from sgd_resources.observed.spans import span_inside

AS_THE_POLICY_SAYS = CacheControl()
NO_TOOLS = Tools()
Judge = Callable[[str], Verdict]
"""(the model's text) -> what becomes of it."""
MAX_PICTURE_BYTES = 20_000_000
"""Of one generated picture; larger ones are paid for, refused, and the next model is asked."""


@dataclass(frozen=True)
class Answer:
    """What one flight brings home, before personal data is put back."""

    reply: Reply
    requested_model: str
    cost_usd_micros: int
    attempts: int
    cache_state: CacheState
    verdict: Verdict | None
    dropped: tuple[str, ...] = ()
    """Request parameters the model does not take."""


@dataclass(frozen=True)
class StreamEvent:
    """A piece of text, and with the last event the completion."""

    text: str = ""
    completion: Completion | None = None


@dataclass(frozen=True)
class CallRequest:
    """A request in the form every model of the chain can be asked in."""

    messages: Sequence[Mapping[str, Any]]
    build: Callable[[str, Sequence[Mapping[str, Any]]], tuple[str, dict[str, Any]]]
    """(model, messages) -> (path, body)."""
    read: Callable[[str, HttpReply], Reply]
    schema: Mapping[str, Any] | None = None
    salt: str = ""
    n_images: int = 0
    tools: Tools = NO_TOOLS
    cache: CacheControl = AS_THE_POLICY_SAYS
    accepts: Callable[[Reply], Reply] = lambda reply: reply
    """Turns a whole reply away that is no answer to this request: raises CallFailed."""
    judge: Judge | None = None
    """In place of the schema's own check."""

    def most_tokens(self, texts: Sequence[str], n_pictures: int) -> dict[Family, int]:
        """The most tokens the request with these texts can be, by the family of the model."""
        beside_texts = [orjson.dumps(facts).decode() for facts in (self.schema, self.tools.parameters()) if facts]
        scripts = scripts_of([*texts, *beside_texts])
        fixed = TOKENS_PER_MESSAGE * (len(self.messages) + 1) + TOKENS_PER_PICTURE * n_pictures
        families: tuple[Family, ...] = ("openai", "other")
        return {family: most_tokens(scripts, family) + fixed for family in families}

    def judged(self, reply: Reply) -> Verdict | None:
        """What the request's tools or schema say of a reply; None where it asked for neither."""
        if self.tools.offered and (reply.tool_calls or self.tools.must_call):
            return judge_calls(reply.tool_calls, self.tools)
        if self.judge is not None:
            with span_inside("validate"):
                return self.judge(reply.text)
        return judge(reply.text, self.schema) if self.schema is not None else None

    def asked_again(self, reply: Reply, verdict: Verdict) -> list[dict[str, Any]]:
        """The messages with one more that says what was wrong with a reply."""
        ask = reask_calls if reply.tool_calls or self.tools.must_call else reask
        return ask(self.messages, verdict.errors)


def chat_request(
    rules: TaskPolicy,
    messages: Sequence[Mapping[str, Any]],
    *,
    schema: Mapping[str, Any] | None = None,
    tools: Sequence[Mapping[str, Any]] = (),
    tool_choice: str | Mapping[str, Any] | None = None,
    params: Mapping[str, Any] | None = None,
    cache: CacheControl = AS_THE_POLICY_SAYS,
    is_stream: bool = False,
    judge: Judge | None = None,
) -> CallRequest:
    """A chat completion, maybe with a schema or tools; tools may stand in `params` as well.

    With a `judge` the schema is taken as it is, only for the model to see: who brings one has looked at it.

    Raises:
        InvalidInput: the schema, the tools or the parameters make no sense.
    """
    format_ = response_format(schema, is_checked=judge is not None) if schema is not None else None
    rest = dict(params or {})
    in_params, choice = rest.pop("tools", None), rest.pop("tool_choice", None)
    offered = checked_tools(tools or in_params or (), choice if tool_choice is None else tool_choice)

    def build(model: str, asked: Sequence[Mapping[str, Any]]) -> tuple[str, dict[str, Any]]:
        return openrouter.CHAT_PATH, openrouter.chat_body(
            model,
            asked,
            max_tokens=rules.max_output_tokens,
            temperature=rules.temperature,
            response_format=format_,
            params={**rest, **offered.parameters()},
            is_stream=is_stream,
        )

    accepts = partial(_with_asked_calls, has_tools=bool(offered.offered))

    def read(model: str, answer: HttpReply) -> Reply:
        return accepts(_read_chat(model, answer))

    return CallRequest(messages, build, read, schema, tools=offered, cache=cache, accepts=accepts, judge=judge)


def image_request(
    policy: Policy,
    rules: TaskPolicy,
    prompt: str,
    urls: Sequence[str],
    *,
    aspect_ratio: str | None,
    size: str | None,
    params: Mapping[str, Any] | None,
    variant: int,
    cache: CacheControl = AS_THE_POLICY_SAYS,
) -> CallRequest:
    """One picture, on the surface each model has: chat with modalities, or POST /images."""
    plain = [{"role": "user", "content": prompt}]
    messages = openrouter.with_images(plain, urls)
    config = {name: value for name, value in (("aspect_ratio", aspect_ratio), ("image_size", size)) if value}

    def build(model: str, asked: Sequence[Mapping[str, Any]]) -> tuple[str, dict[str, Any]]:
        taken = urls[: _input_images(policy, model)]
        if _surface(policy, rules, model) == "images":
            return openrouter.IMAGES_PATH, openrouter.images_body(
                model, prompt, references=taken, aspect_ratio=aspect_ratio, resolution=size, params=params
            )
        sent = asked if len(taken) == len(urls) else openrouter.with_images(plain, taken)
        return openrouter.CHAT_PATH, openrouter.chat_body(
            model, sent, params=params, modalities=("image", "text"), image_config=config
        )

    def read(model: str, answer: HttpReply) -> Reply:
        if _surface(policy, rules, model) == "images":
            return _with_picture(openrouter.parse_images(answer.status, answer.headers, answer.body, model=model))
        return _with_picture(_read_chat(model, answer))

    return CallRequest(messages, build, read, None, f"variant {variant}", 1, cache=cache)


def texts_of(message: Mapping[str, Any]) -> list[str]:
    """The texts of a chat message, the arguments of its tool calls among them."""
    content, calls = message.get("content"), message.get("tool_calls")
    functions = [call.get("function") for call in calls if isinstance(call, Mapping)] if isinstance(calls, list) else []
    asked = [str(function.get("arguments") or "") for function in functions if isinstance(function, Mapping)]
    if isinstance(content, str):
        return [content, *asked]
    parts = content if isinstance(content, list) else []
    said = [part["text"] for part in parts if isinstance(part, Mapping) and isinstance(part.get("text"), str)]
    return [*said, *asked]


def up_to_open_bracket(text: str) -> tuple[str, str]:
    """What of a stream may be shown now, and a tail that may be the start of a placeholder."""
    at = text.rfind("[")
    if at < 0 or "]" in text[at:] or len(text) - at > 24:
        return text, ""
    return text[:at], text[at:]


def _input_images(policy: Policy, model: str) -> int | None:
    """How many pictures the model takes beside the prompt, by its record in the policy; None sends all."""
    facts = policy.models.get(model)
    return facts.input_images if facts else None


def _surface(policy: Policy, rules: TaskPolicy, model: str) -> Surface:
    facts = policy.models.get(model)
    return rules.surface or (facts.surface if facts else None) or "chat"


def _read_chat(model: str, answer: HttpReply) -> Reply:
    return read_whole(answer.status, answer.headers, answer.body)


def _with_asked_calls(reply: Reply, *, has_tools: bool) -> Reply:
    """Calls of tools that nobody offered are no answer; beside a text they are left out."""
    if has_tools or not reply.tool_calls:
        return reply
    if reply.text.strip() or reply.refusal:
        return replace(reply, tool_calls=())
    raise _not_what_was_asked("unasked_tool_call", "the reply calls tools that were not offered", reply)


def _with_picture(reply: Reply) -> Reply:
    if reply.pictures:
        if (fault := _unfit(reply.pictures[0])) is not None:
            failed = _not_what_was_asked("unfit_picture", fault, reply)
            # The same model would send the like again, for the same money; another may do better.
            failed.is_retryable = False
            raise failed
        return reply
    raise _not_what_was_asked("no_picture", "the reply has text but no picture", reply)


def _unfit(picture: Picture) -> str | None:
    """Why a picture is not taken, by its size and first bytes; whether it can be decoded is seen in the sandbox."""
    if len(picture.data) > MAX_PICTURE_BYTES:
        return f"the picture has {len(picture.data)} bytes, {MAX_PICTURE_BYTES} are the most"
    if openrouter.picture_type(picture.data) not in {"image/png", "image/jpeg", "image/webp"}:
        return "the picture is no PNG, JPEG or WebP"
    return None


def _not_what_was_asked(kind: str, message: str, reply: Reply) -> CallFailed:
    is_known = reply.usage.cost_usd_micros is not None
    return CallFailed(
        kind,
        message,
        is_retryable=reply.refusal is None,
        charge="known" if is_known else "unknown",
        usage=reply.usage,
        generation_id=reply.generation_id,
        served_model=reply.served_model,
    )

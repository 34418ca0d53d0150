"""Answers that were kept: where a call's answer would lie, whether what lies there can be given, what may be kept.

What must not live here: the layers themselves (`answers/cache.py`), or asking.
"""

from collections.abc import Callable

from sgd_resources.llm.answers.cache import ResponseCache, cache_key, is_same_model, pack, unpack
from sgd_resources.llm.call.call import Call
from sgd_resources.llm.call.request import Answer, CallRequest
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.wire.replies import CacheState
from sgd_resources.observed.counts import process_counts

CACHEABLE_ENDINGS = frozenset({"stop", "end_turn", "eos"})


class KeptAnswers:
    """A call's view of the cache.

    Args:
        cache: of this process and what it shares.
        identity: (call, model) -> the server and the key it is asked with: the same name may be another model
            elsewhere, and another key another account.
    """

    def __init__(self, cache: ResponseCache, identity: Callable[[Call, str], str]) -> None:
        self.cache = cache
        self._identity = identity

    def key(self, call: Call, request: CallRequest, model: str) -> str:
        """Where the answer of this model would lie: everything that can change it is in the key."""
        known = call.cache_keys.get(model)
        if known is not None:
            return known
        path, body = request.build(model, request.messages)
        found = call.cache_keys[model] = cache_key(
            {"path": path, **body},
            org_id=call.caller.org_id,
            task=call.task.name,
            policy_version=call.policy.version,
            schema=request.schema,
            salt=request.salt,
            asked_at=self._identity(call, model),
        )
        return found

    async def found(self, call: Call, request: CallRequest, model: str, key: str) -> Answer | None:
        """The answer, looked for in all layers."""
        if not request.cache.is_read(call.task.cache_ttl_s):
            return None
        found = await self.cache.get(key)
        counted = process_counts().cache_operations
        counted.labels("answers", "get", "miss" if found is None else "hit").inc()
        return None if found is None else self.unpacked(request, model, key, *found)

    def in_memory(self, call: Call, request: CallRequest, model: str, key: str) -> Answer | None:
        """The answer, when this process has it at hand."""
        packed = self.cache.in_memory(key) if request.cache.is_read(call.task.cache_ttl_s) else None
        if packed is not None:
            process_counts().cache_operations.labels("answers", "get", "hit").inc()
        return None if packed is None else self.unpacked(request, model, key, packed, "memory")

    def unpacked(self, request: CallRequest, model: str, key: str, packed: bytes, layer: CacheState) -> Answer | None:
        """The answer in an entry; None for one that is damaged, which is dropped."""
        try:
            reply = unpack(packed)
        except ValueError:
            self.cache.drop(key, layer)
            return None
        return Answer(reply, model, 0, 0, layer, request.judged(reply))

    def keep(self, call: Call, request: CallRequest, answer: Answer, metrics: LlmMetrics) -> None:
        """Keep an answer that is whole and valid, under the model that gave it."""
        reply, verdict = answer.reply, answer.verdict
        is_whole = reply.finish_reason in CACHEABLE_ENDINGS and not reply.refusal and not reply.tool_calls
        lives_s = request.cache.lives_s(call.task.cache_ttl_s)
        if lives_s == 0 or not is_whole or (verdict is not None and verdict.status == "failed"):
            return
        model = answer.requested_model
        if not is_same_model(call.policy.name_of(model), reply.served_model):
            metrics.wrong_model.inc()
            model = reply.served_model or model
        process_counts().cache_operations.labels("answers", "set", "stored").inc()
        self.cache.put(self.key(call, request, model), pack(reply), ttl_s=lives_s)

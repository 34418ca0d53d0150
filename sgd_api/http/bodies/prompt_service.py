"""The HTTP bodies around the prompt service: its health, its cache, and plain chat.

Contracts of the same names in `contracts/`. What must not live here: analyses (`prompts.py`).
"""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from sgd_api.http.bodies.base import Body
from sgd_api.http.bodies.listings import Dependency


class ServedModels(Body):
    """Which models an analysis may ask, and whether one can be asked."""

    is_ready: bool
    reason: str | None = Field(default=None, description="which setting is missing")
    names: tuple[str, ...]


class ServiceHealth(Body):
    """Answer of `GET /v1/health`: 503 when a dependency is down."""

    status: Literal["ok", "degraded", "unavailable"] = Field(
        description="`degraded`: everything is up, and no model can be asked"
    )
    version: str
    uptime_s: float = Field(ge=0)
    dependencies: tuple[Dependency, ...]
    models: ServedModels


class CacheReport(Body):
    """Answer of `GET /v1/cache/stats`: the org's own, of all processes, from its call log."""

    since_days: int = Field(ge=1)
    hits: int = Field(ge=0)
    misses: int = Field(ge=0)
    hit_rate: float = Field(ge=0, le=1, description="of hits and misses; 0 without any")
    total: int = Field(ge=0, description="answers that lie in the shared cache now")
    saved_usd: float = Field(ge=0)


class CacheDropped(Body):
    """Answer of `DELETE /v1/cache/{pattern}`."""

    pattern: str
    dropped: int = Field(ge=0)


class ChatMessage(Body):
    """One turn."""

    role: Literal["system", "user", "assistant"]
    content: Annotated[str, Field(min_length=1, max_length=200_000)]


class ChatParams(Body):
    """How the answer is made."""

    model: str | None = Field(default=None, min_length=1, max_length=200)
    level: str | None = Field(default=None, min_length=1, max_length=60, description="a level of the model policy")
    temperature: float | None = Field(default=None, ge=0, le=2)
    max_tokens: int | None = Field(default=None, ge=1, le=4_096)
    bypass_cache: bool = False


class ChatRequest(Body):
    """Body of `POST /api/chat`."""

    messages: tuple[ChatMessage, ...] = Field(min_length=1, max_length=200)
    params: ChatParams = ChatParams()


class ChatResponse(Body):
    """Answer of `POST /api/chat`."""

    model_config = ConfigDict(protected_namespaces=())

    request_id: str
    message: ChatMessage
    finish_reason: str | None = None
    model_used: str
    provider_used: str
    cached: bool
    cost_usd: float = Field(ge=0)
    processing_time_ms: int = Field(ge=0)
    warnings: tuple[str, ...] = ()

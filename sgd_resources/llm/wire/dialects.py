"""What differs between servers that speak OpenAI's chat completions: names of fields, keys, and what they report.

What must not live here: error bodies (`error_shapes.py` reads all dialects alike), or which server is asked.

Source: the servers' own documentation, November 2026. `max_completion_tokens`: OpenAI's API reference, `max_tokens` is
deprecated and refused by its reasoning models. Azure: `api-key` header and `api-version` query.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ONLY_OPENROUTER = frozenset({"provider", "modalities", "image_config", "models", "route", "transforms", "plugins"})
"""Fields of a body that other servers may refuse."""


@dataclass(frozen=True)
class Dialect:
    """One way to speak.

    Attributes:
        routes: whether it takes OpenRouter's own fields (`provider`, `modalities` ...).
        has_generations: whether GET /generation tells later what a call cost.
        tokens_field: what the limit on the answer is called.
        key_header: where the key goes; `Authorization` means a bearer token.
        query: appended to each path.
    """

    routes: bool = False
    has_generations: bool = False
    tokens_field: str = "max_tokens"
    key_header: str = "Authorization"
    query: str = ""

    def fitted(self, path: str, body: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        """The path and the body of a request as this server wants them."""
        found = dict(body) if self.routes else {name: body[name] for name in body if name not in ONLY_OPENROUTER}
        if self.tokens_field != "max_tokens" and "max_tokens" in found:
            found[self.tokens_field] = found.pop("max_tokens")
        return path + self.query, found


_DIALECTS: Mapping[str, Dialect] = {
    "openrouter": Dialect(routes=True, has_generations=True),
    "openai": Dialect(tokens_field="max_completion_tokens"),
    "azure": Dialect(tokens_field="max_completion_tokens", key_header="api-key"),
}


def dialect_of(name: str, *, api_version: str | None = None) -> Dialect:
    """The dialect by its name; servers on one's own machines (vLLM, llama.cpp, LM Studio, Ollama) share the plain one.

    Args:
        name: as the policy writes it.
        api_version: of Azure.
    """
    found = _DIALECTS.get(name, Dialect())
    if api_version is None:
        return found
    return Dialect(
        found.routes, found.has_generations, found.tokens_field, found.key_header, f"?api-version={api_version}"
    )

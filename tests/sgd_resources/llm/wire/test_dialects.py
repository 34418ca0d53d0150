"""The same request in the words of each server."""

import pytest

from sgd_resources.llm.wire.dialects import dialect_of

BODY = {"model": "m", "max_tokens": 5, "provider": {"require_parameters": True}, "modalities": ["text"]}


def test_openrouter_gets_the_body_as_it_is() -> None:
    assert dialect_of("openrouter").fitted("/chat/completions", BODY) == ("/chat/completions", BODY)


@pytest.mark.parametrize("name", ["vllm", "llamacpp", "lmstudio", "ollama"])
def test_a_server_of_ones_own_gets_no_field_of_openrouters(name: str) -> None:
    assert dialect_of(name).fitted("/chat/completions", BODY)[1] == {"model": "m", "max_tokens": 5}


def test_openai_and_azure_call_the_limit_by_its_new_name() -> None:
    assert dialect_of("openai").fitted("/x", BODY) == ("/x", {"model": "m", "max_completion_tokens": 5})
    azure = dialect_of("azure", api_version="2026-05-01")
    assert azure.fitted("/x", BODY)[0] == "/x?api-version=2026-05-01"
    assert azure.key_header == "api-key"

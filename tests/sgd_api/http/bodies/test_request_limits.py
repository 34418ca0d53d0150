"""What a render request asks beyond its contract."""

import pytest

from sgd_api.http.bodies.request_limits import check_render
from sgd_api.http.bodies.schemas import RenderRequest
from sgd_resources.errors import ValidationFailed
from tests.sgd_assets.renders.brand import request


def asked(instruction: str) -> RenderRequest:
    return RenderRequest.model_validate({**request(instruction), "project_id": "spring"})


@pytest.mark.parametrize(
    "instruction", [" " * 5, "\t\n \r\n", "\u200b" * 6, "\ufeff\u2060\u00ad \u202e\u200b", "\u3000" * 5]
)
def test_an_instruction_without_a_visible_character_is_refused(instruction: str) -> None:
    with pytest.raises(ValidationFailed) as caught:
        check_render(asked(instruction))
    assert caught.value.details["errors"][0]["path"] == "$.prompts.instruction"


@pytest.mark.parametrize("instruction", ["\n\n\n\nx", 'Poster "Hi"', "\u200bポスター\u200b"])
def test_an_instruction_with_one_visible_character_is_taken(instruction: str) -> None:
    check_render(asked(instruction))

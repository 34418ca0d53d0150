"""What OpenAI's own SDK makes of our address; runs in a venv of its own: `BASE_URL KEY`, prints JSON."""

import json
import sys
from typing import Any

TOOL = {
    "type": "function",
    "function": {
        "name": "draw",
        "parameters": {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}},
    },
}


def main(base_url: str, key: str) -> dict[str, Any]:
    """One of each: an answer, a stream, a tool call, the list of models, and two errors."""
    import openai  # type: ignore[import-not-found, unused-ignore] # only in that venv

    client = openai.OpenAI(base_url=base_url, api_key=key, max_retries=0)
    ask: Any = [{"role": "user", "content": "Name a colour"}]
    whole = client.chat.completions.create(model="chat", messages=ask, temperature=0)
    pieces = list(
        client.chat.completions.create(model="chat", messages=ask, stream=True, stream_options={"include_usage": True})
    )
    tools = client.chat.completions.create(model="chat", messages=ask, tools=[TOOL], tool_choice="required")  # type: ignore[list-item, unused-ignore]  # a plain dict
    found = {
        "text": whole.choices[0].message.content,
        "tokens": whole.usage.total_tokens if whole.usage else None,
        "streamed": "".join(piece.choices[0].delta.content or "" for piece in pieces if piece.choices),
        "streamed_tokens": pieces[-1].usage.total_tokens if pieces[-1].usage else None,
        "arguments": json.loads(tools.choices[0].message.tool_calls[0].function.arguments),
        "finish": tools.choices[0].finish_reason,
        "models": [model.id for model in client.models.list()],
    }
    try:
        client.chat.completions.create(model="gpt-none", messages=ask)
    except openai.NotFoundError as error:
        found["unknown"] = error.code
    try:
        openai.OpenAI(base_url=base_url, api_key="sgd_wrong", max_retries=0).models.list()
    except openai.AuthenticationError as error:
        found["wrong_key"] = error.code
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], sys.argv[2])))

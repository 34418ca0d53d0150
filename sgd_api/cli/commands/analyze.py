"""`sgd analyze`: one prompt, or a file of them, to validated structured data."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from sgd_api.cli.terminal import err, out, print_json

MAX_PROMPTS = 100


def analyze(
    prompt: Annotated[str | None, typer.Argument(help="What to analyse; '-' reads it from standard input.")] = None,
    org: Annotated[str, typer.Option("--org", help="Organisation id.")] = ...,  # type: ignore[assignment]  # required
    file: Annotated[
        Path | None, typer.Option("--file", help="A prompt per line, 100 at most.", exists=True, dir_okay=False)
    ] = None,
    schema: Annotated[
        Path | None, typer.Option("--schema", help="JSON Schema that the data must keep.", exists=True, dir_okay=False)
    ] = None,
    template: Annotated[str | None, typer.Option("--template", help="Id of a kept template.")] = None,
    parameter: Annotated[
        list[str] | None, typer.Option("--parameter", help="name=value, for the template; as often as needed.")
    ] = None,
    model: Annotated[str | None, typer.Option("--model", help="One of the task's models, alone.")] = None,
    shows_spans: Annotated[bool, typer.Option("--spans", help="Say where in the prompt each value stands.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Say what a prompt wants: intent, subject, entities, and data that keeps a schema."""
    from sgd_api.local.stack import local_stack
    from sgd_resources.settings import load_settings

    body = _body(prompt, file, schema, template, parameter or [], model, shows_spans=shows_spans)
    path = "/v1/analyze/batch" if "prompts" in body else "/v1/analyze"
    with local_stack(load_settings(), workers=0) as stack, stack.client(org) as client:
        answer = client.begin(path, body)
    if as_json:
        print_json(answer)
    else:
        for line in _lines(answer):
            out.print(Text(line))
    if answer.get("summary", {}).get("failed"):
        err.print(Text(f"{answer['summary']['failed']} of {answer['summary']['total']} prompts have no answer"))
        raise typer.Exit(1)


def _body(
    prompt: str | None,
    file: Path | None,
    schema: Path | None,
    template: str | None,
    parameters: list[str],
    model: str | None,
    *,
    shows_spans: bool,
) -> dict[str, Any]:
    if (prompt is not None) + (file is not None) > 1 or (prompt is None and file is None and template is None):
        raise typer.BadParameter("say what to analyse: a prompt, --file, or --template")
    body: dict[str, Any] = {"options": {"spans": shows_spans, **({"model": model} if model else {})}}
    if file is not None:
        body["prompts"] = [line for line in file.read_text("utf-8").splitlines() if line.strip()]
        if not 0 < len(body["prompts"]) <= MAX_PROMPTS:
            raise typer.BadParameter(
                f"{file.name} holds {len(body['prompts'])} prompts; 1 to {MAX_PROMPTS} can be asked"
            )
    elif prompt is not None:
        body["prompt"] = sys.stdin.read() if prompt == "-" else prompt
    if schema is not None:
        body["schema"] = _json(schema)
    if template is not None:
        body |= {"template_id": template, "parameters": dict(map(_pair, parameters))}
    elif parameters:
        raise typer.BadParameter("--parameter belongs to a --template")
    return body


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise typer.BadParameter(f"{path.name} is no JSON: {error}") from error


def _pair(text: str) -> tuple[str, Any]:
    """`count=2` is a number, `name=Kim` a text; `name="2"` is a text too."""
    name, is_pair, value = text.partition("=")
    if not is_pair:
        raise typer.BadParameter(f"{text!r} is no name=value")
    try:
        found = json.loads(value)
    except ValueError:
        return name, value
    return name, found if isinstance(found, str | bool | int | float) else value


def _lines(answer: dict[str, Any]) -> list[str]:
    if "results" not in answer:
        return _told(answer)
    lines: list[str] = []
    for result in answer["results"]:
        told = _told(result["result"]) if "result" in result else [f"failed: {result['error']['message']}"]
        lines += [f"[{result['index'] + 1}] {told[0]}", *(f"    {line}" for line in told[1:])]
    return lines


def _told(answer: dict[str, Any]) -> list[str]:
    lines = [f"{answer['intent']}: {answer['subject']}"]
    if "data" in answer:
        lines.append(f"data: {json.dumps(answer['data'], ensure_ascii=False)}")
    details = answer["entities"]
    named = [f"{name} {details[name]}" for name in ("source", "target") if name in details]
    lines += [f"details: {', '.join([*details['key_details'], *named])}"] if details["key_details"] or named else []
    lines += [f"{span['path']}: characters {span['start']} to {span['end']}" for span in answer.get("spans", [])]
    lines += [f"note: {text}" for text in answer["validation"]["warnings"]]
    facts = [answer["validation_status"], f"by {answer['model_used']}", f"{answer['cost_usd']:.6f} USD"]
    if "confidence" in answer:
        facts.insert(1, f"confidence {answer['confidence']:.2f}")
    return [*lines, ", ".join([*facts, *(["from the cache"] if answer["cached"] else [])])]

"""A Postman collection (format 2.1) of every route: `{{url}}` and `{{key}}` are its variables."""

import json
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SCHEMA_URL = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"


def collection(openapi: dict[str, Any]) -> dict[str, Any]:
    """The collection; its folders are the routes' tags, in the order of the description."""
    folders: dict[str, list[dict[str, Any]]] = {}
    for path, methods in openapi["paths"].items():
        for method, operation in methods.items():
            tag = (operation.get("tags") or ["other"])[0]
            folders.setdefault(tag, []).append(_request(path, method.upper(), operation))
    return {
        "info": {"name": openapi["info"]["title"], "description": openapi["info"]["summary"], "schema": SCHEMA_URL},
        "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{key}}", "type": "string"}]},
        "variable": [{"key": "url", "value": "http://127.0.0.1:8000"}, {"key": "key", "value": ""}],
        "item": [{"name": tag, "item": requests} for tag, requests in folders.items()],
    }


def _request(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    parameters = operation.get("parameters", ())
    segments = [f":{part[1:-1]}" if part.startswith("{") else part for part in path.strip("/").split("/") if part]
    url: dict[str, Any] = {
        "raw": "{{url}}/" + "/".join(segments), "host": ["{{url}}"], "path": segments,
        "variable": [{"key": each["name"], "value": ""} for each in parameters if each["in"] == "path"],
        "query": [
            {"key": each["name"], "value": "", "disabled": not each.get("required", False)}
            for each in parameters if each["in"] == "query"
        ],
    }  # fmt: skip
    request: dict[str, Any] = {"method": method, "url": url, "header": [], "description": operation.get("summary", "")}
    if "requestBody" in operation:
        request |= _body(operation["requestBody"]["content"])
    if not operation.get("security", True):
        request["auth"] = {"type": "noauth"}
    return {"name": operation.get("summary") or f"{method} {path}", "request": request}


def _body(content: dict[str, Any]) -> dict[str, Any]:
    if "application/json" in content:
        text = json.dumps(_example(content["application/json"]["schema"]), indent=2, ensure_ascii=False)
        return {
            "header": [{"key": "Content-Type", "value": "application/json"}],
            "body": {"mode": "raw", "raw": text, "options": {"raw": {"language": "json"}}},
        }
    if "multipart/form-data" in content:
        fields = content["multipart/form-data"]["schema"]["properties"]
        return {"body": {"mode": "formdata", "formdata": [_field(name, field) for name, field in fields.items()]}}
    return {"body": {"mode": "file", "file": {"src": ""}}}


def _field(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    is_file = "binary" in json.dumps(schema)
    return {"key": name, "type": "file", "src": []} if is_file else {"key": name, "type": "text", "value": ""}


def _example(schema: dict[str, Any]) -> Any:
    """The first valid example of the body's own contract."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", schema["$ref"].rpartition("/")[2]).lower()
    files = sorted((ROOT / "contracts" / "examples" / name / "valid").glob("*.json"))
    return json.loads(files[0].read_text("utf-8")) if files else {}

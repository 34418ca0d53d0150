"""Reads the files of a deployment, and the schemas that packages carry for them."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft7Validator, Draft202012Validator

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"


def yaml_of(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)


def documents_of(text: str) -> list[Any]:
    return [document for document in yaml.load_all(text, yaml.CSafeLoader) if document is not None]


def vendored_schema(name: str) -> Any:
    """A schema that check-jsonschema carries, such as `compose-spec` or `github-workflows`."""
    return json.loads((files("check_jsonschema") / "builtin_schemas" / "vendor" / f"{name}.json").read_text("utf-8"))


def faults(document: Any, schema: Any) -> list[str]:
    """What a document has against its schema, each with its place."""
    kind = Draft7Validator if "draft-07" in str(schema.get("$schema")) else Draft202012Validator
    return [f"{error.json_path}: {error.message[:200]}" for error in kind(schema).iter_errors(document)]

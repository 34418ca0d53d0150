"""The required part of the JSON-Schema-Test-Suite for 2020-12, run against our validation of answers.

The suite comes with the source distribution of `jsonschema`; the wheel has none. Left out are groups that need another
document from a server (ours never fetches one) and `format.json`, where a format is a remark (ours asserts it).
"""

import json
import subprocess
import tarfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from sgd_resources.errors import InvalidInput
from sgd_resources.llm.answers.structured import violations
from tests.services.wheel_venv import python_with

LEFT_OUT = frozenset({"format.json", "refRemote.json"})
SERVER = "http://localhost:1234"


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("suite")
    python = python_with("pip", ["pip"])
    ask = [
        "-m",
        "pip",
        "download",
        "-q",
        "--no-deps",
        "--no-binary",
        "jsonschema",
        f"jsonschema=={version('jsonschema')}",
    ]
    if python is None or subprocess.run([str(python), *ask, "-d", str(folder)], check=False, timeout=300).returncode:
        pytest.skip(reason="the source distribution of jsonschema cannot be had here")
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    return next(folder.glob("*/json/tests/draft2020-12"))


def _cases(suite: Path) -> Iterator[tuple[str, Any, Any, bool]]:
    for file in sorted(suite.glob("*.json")):
        if file.name in LEFT_OUT:
            continue
        for group in json.loads(file.read_text("utf-8")):
            if SERVER in json.dumps(group["schema"]):
                continue
            for case in group["tests"]:
                name = f"{file.stem}: {group['description']}: {case['description']}"
                yield name, group["schema"], case["data"], case["valid"]


def test_every_required_case_is_judged_as_the_suite_says(suite: Path) -> None:
    cases = list(_cases(suite))
    wrong = [name for name, schema, data, is_valid in cases if bool(violations(data, schema)) == is_valid]
    assert wrong == []
    assert len(cases) > 1_050


def test_what_another_server_would_have_to_give_is_never_fetched() -> None:
    with pytest.raises(InvalidInput):
        violations(1, {"$ref": f"{SERVER}/draft2020-12/integer.json"})

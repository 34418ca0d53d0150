"""Rules of the wiring that an import linter cannot state."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ASSET_FILES = sorted((ROOT / "sgd_assets").glob("*/asset.py"))
WIRING_FOLDERS = {"graph", "per_org", "running", "on_demand"}
LONGEST_ASSET_BODY = 25


def imported_by(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.split(".")[0])
    return names


def run_fresh(code: str) -> str:
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("path", ASSET_FILES, ids=lambda path: path.parent.name)
def test_an_asset_body_is_wiring_and_short(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assets = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.decorator_list]
    assert assets
    for asset in assets:
        first = asset.body[1] if ast.get_docstring(asset) else asset.body[0]
        assert asset.end_lineno is not None
        assert asset.end_lineno - first.lineno + 1 <= LONGEST_ASSET_BODY, asset.name
        assert ast.get_docstring(asset)


def test_only_wiring_imports_dagster() -> None:
    guilty = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "sgd_assets").rglob("*.py")
        if path.name != "asset.py" and path.parent.name not in WIRING_FOLDERS
        if "dagster" in path.read_text("utf-8") and "dagster" in imported_by(path)
    ]
    assert guilty == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "module", ["sgd_assets.on_demand.request", "sgd_assets.on_demand.completion", "sgd_resources.dagster.home"]
)
def test_the_api_side_loads_without_dagster(module: str) -> None:
    assert run_fresh(f"import sys, {module}; print('dagster' in sys.modules)").strip() == "False"


@pytest.mark.slow
def test_loading_the_definitions_opens_no_connection_and_no_service() -> None:
    code = """
import os, socket, subprocess, sys
import dagster  # its own import asks the system for the word size of python
def refuse(*args, **kwargs): raise AssertionError("I/O at import")
socket.socket.connect = socket.socket.connect_ex = refuse
subprocess.Popen.__init__ = refuse
os.environ["DATABASE_URL"] = "postgresql+psycopg://nobody@127.0.0.1:1/none"
from sgd_assets.graph.definitions import defs
from dagster import Definitions
Definitions.validate_loadable(defs)
print(sorted(n for n in ("onnxruntime", "pypdfium2", "boto3", "qdrant_client", "redis", "PIL") if n in sys.modules))
"""
    assert run_fresh(code).strip() == "[]"

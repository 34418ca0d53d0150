"""The infrastructure: references followed everywhere; validated by terraform where it and the provider are on disk."""

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import hcl2
import pytest

from tests.deploy.files import DEPLOY

TERRAFORM = DEPLOY / "terraform"
PARTS = ("network", "database", "cache", "storage", "cluster", "dns")
_REFERENCE = re.compile(r"\b(var|local|module|data\.\w+|aws_\w+)\.(\w+)")


def mirror() -> Path | None:
    """A folder of providers on this machine: nothing is downloaded."""
    places = [
        *Path("/opt").glob("*/registry.terraform.io"),
        *Path("/usr").glob("*/share/terraform/*/registry.terraform.io"),
    ]
    return next((place.parent for place in places if (place / "hashicorp" / "aws").is_dir()), None)


needs_terraform = pytest.mark.skipif(
    shutil.which("terraform") is None or mirror() is None, reason="no terraform with an AWS provider on this machine"
)


@cache
def parsed(folder: Path) -> list[Any]:
    return [hcl2.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.tf"))]


def names(documents: list[Any], kind: str) -> set[str]:
    """Names of blocks with one label, or `type.name` of those with two."""
    found = set()
    for document in documents:
        for block in document.get(kind, ()):
            for label, body in block.items():
                first = label.strip('"')
                if kind in ("resource", "data"):
                    prefix = "data." if kind == "data" else ""
                    seconds = [second.strip('"') for second in body]
                    found |= {f"{prefix}{first}.{second}" for second in seconds}
                else:
                    found.add(first)
    return found


def references(folder: Path) -> set[tuple[str, str]]:
    text = "\n".join(re.sub(r"#.*", "", path.read_text("utf-8")) for path in folder.glob("*.tf"))
    return set(_REFERENCE.findall(text))


def dangling(folder: Path) -> list[str]:
    documents = parsed(folder)
    made = names(documents, "resource") | names(documents, "data")
    known = {
        "var": names(documents, "variable"),
        "module": names(documents, "module"),
        "local": {key for document in documents for block in document.get("locals", ()) for key in block},
    }
    return [
        f"{kind}.{name}"
        for kind, name in sorted(references(folder))
        if (name not in known[kind] if kind in known else f"{kind}.{name}" not in made)
    ]


@pytest.mark.parametrize("part", ["", *PARTS])
def test_every_reference_leads_to_something(part: str) -> None:
    assert dangling(TERRAFORM / part) == []


def test_a_reference_to_nothing_is_found(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('output "x" {\n  value = var.nothing\n}\n', "utf-8")
    assert dangling(tmp_path) == ["var.nothing"]


def test_every_part_is_given_what_it_asks_for_and_gives_what_is_read() -> None:
    root = parsed(TERRAFORM)
    modules = {
        name.strip('"'): body
        for document in root
        for block in document.get("module", ())
        for name, body in block.items()
    }
    assert set(modules) == set(PARTS)
    for part, body in modules.items():
        needed = names(parsed(TERRAFORM / part), "variable")
        given = {key for key in body if not key.startswith("__")} - {"source", "providers"}
        assert given == needed, part
    text = "\n".join(path.read_text("utf-8") for path in TERRAFORM.glob("*.tf"))
    for part, output in set(re.findall(r"module\.(\w+)\.(\w+)", text)):
        assert output in names(parsed(TERRAFORM / part), "output"), (part, output)


def test_no_secret_has_a_default() -> None:
    for path in TERRAFORM.rglob("*.tf"):
        for block in re.findall(r'variable "\w+" \{.*?\n\}', path.read_text("utf-8"), flags=re.S):
            if re.search(r"token|password|secret", block.splitlines()[0]):
                assert "sensitive = true" in re.sub(r" +", " ", block), path
                assert "default" not in block, path


def test_what_is_kept_is_encrypted_and_never_public() -> None:
    text = "\n".join(path.read_text("utf-8") for path in TERRAFORM.rglob("*.tf"))
    plain = re.sub(r" +", " ", text)
    for promise in (
        "storage_encrypted = true", "transit_encryption_enabled = true", "at_rest_encryption_enabled = true",
        "publicly_accessible = false", "backup_retention_period = 30", 'value = "noeviction"',
        "restrict_public_buckets = true",
    ):  # fmt: skip
        assert promise in plain, promise


@pytest.mark.slow
@needs_terraform
def test_terraform_itself_finds_it_valid(tmp_path: Path) -> None:
    shutil.copytree(TERRAFORM, tmp_path / "tf")
    environment = {**os.environ, "CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1"}
    for command in (
        ["terraform", "fmt", "-check", "-recursive"],
        ["terraform", "init", "-backend=false", "-input=false", f"-plugin-dir={mirror()}"],
        ["terraform", "validate"],
    ):
        done = subprocess.run(
            command, cwd=tmp_path / "tf", env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

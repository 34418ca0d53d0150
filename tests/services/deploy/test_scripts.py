"""The scripts of `scripts/`, run as an operator runs them, against a real API and a real database."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from sgd_api.local.stack import LocalStack
from tests.services.deploy.running import api_with, free_port

pytestmark = [pytest.mark.services, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[3]
SCRIPTS = ROOT / "scripts"


@pytest.fixture(scope="module")
def stack() -> Iterator[LocalStack]:
    with api_with({}) as made:
        yield made


def run(name: str, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    command = [str(SCRIPTS / name), *arguments]
    told = {**os.environ, "PATH": f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}", **environment}
    return subprocess.run(command, env=told, capture_output=True, text=True, check=False, timeout=600)


def test_the_smoke_test_passes_on_an_api_that_is_well(stack: LocalStack) -> None:
    _, key = stack.create_key("larkfold", "smoke")
    found = run("smoke.sh", stack.api_url, SGD_KEY=key)
    assert found.returncode == 0, found.stdout + found.stderr
    assert found.stdout.count("ok ") == 7
    assert key not in found.stdout + found.stderr


def test_the_smoke_test_fails_where_nothing_answers_or_a_key_is_wrong(stack: LocalStack) -> None:
    assert run("smoke.sh", f"http://127.0.0.1:{free_port()}").returncode == 1
    wrong = run("smoke.sh", stack.api_url, SGD_KEY="sgd_wrong")
    assert wrong.returncode == 1
    assert "FAIL  the key may read" in wrong.stderr
    assert run("smoke.sh", stack.api_url, SGD_METRICS="closed").returncode == 1


def test_speed_is_measured_and_a_promise_that_was_not_kept_fails(stack: LocalStack) -> None:
    _, key = stack.create_key("larkfold", "perf")
    found = run("perf.py", stack.api_url, "--seconds", "1", "--at-once", "2", SGD_KEY=key)
    assert found.returncode == 0, found.stdout + found.stderr
    told = json.loads(found.stdout)
    assert set(told) == {"/healthz", "/uploads", "/canon", "/renders"}
    assert all(each["requests"] > 0 and each["errors"] == 0 for each in told.values())
    assert run("perf.py", stack.api_url, "--seconds", "0.2", "--p95-ms", "0.001").returncode == 1
    assert run("perf.py", f"http://127.0.0.1:{free_port()}", "--seconds", "0.2").returncode == 1


def test_the_database_is_migrated_once_and_then_found_done(stack: LocalStack) -> None:
    assert stack.urls.database_owner_url is not None
    found = run("db_migrate.sh", DATABASE_OWNER_URL=stack.urls.database_owner_url)
    assert found.returncode == 0, found.stderr
    assert re.search(r"already at \d{4}", found.stdout)
    away = f"postgresql://sgd_owner@127.0.0.1:{free_port()}/sgd"
    assert run("db_migrate.sh", DATABASE_OWNER_URL=away, SGD_DB_WAIT_S="0").returncode == 1
    assert run("db_migrate.sh", DATABASE_OWNER_URL="").returncode != 0


def test_secrets_are_random_private_and_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    assert run("bootstrap.sh", "--secrets", str(file)).returncode == 0
    first = file.read_text("utf-8")
    assert file.stat().st_mode & 0o077 == 0
    values = re.findall(r"^\w+(?:PASSWORD|SECRET|KEY|SALT)=(\w+)$", first, flags=re.M)
    assert len(values) > 8
    assert len(set(values)) == len(values)
    [encryption] = re.findall(r"^LANGFUSE_ENCRYPTION_KEY=(.*)$", first, flags=re.M)
    assert re.fullmatch(r"[0-9a-f]{64}", encryption)
    assert run("bootstrap.sh", "--secrets", str(file)).returncode == 1
    assert file.read_text("utf-8") == first


def test_a_sample_brand_is_brought_in_and_a_made_up_one_is_refused(tmp_path: Path) -> None:
    with api_with({}) as stack:
        found = run("seed_demo.sh", "kestrine", SGD_VAR_DIR=str(stack.settings.var_dir))
        assert found.returncode == 0, found.stdout + found.stderr
        with stack.client("kestrine") as client:
            assert client.get("/canon")
    refused = run("seed_demo.sh", "nobody")
    assert (refused.returncode, "there is no kit" in refused.stderr) == (2, True)


def test_the_example_draws_a_picture_from_a_file_with_curl_alone(tmp_path: Path) -> None:
    kit = ROOT / "sgd_api" / "samples" / "kits" / "larkfold" / "evidence"
    files = [str(path) for path in sorted(kit.rglob("*")) if path.suffix in (".svg", ".css", ".md", ".html")][:6]
    with api_with({}, workers=1) as stack:
        _, key = stack.create_key("larkfold", "example")
        command = [str(ROOT / "examples" / "first_picture.sh"), stack.api_url, *files]
        found = subprocess.run(
            command, cwd=tmp_path, env={**os.environ, "SGD_KEY": key}, capture_output=True, text=True, check=False
        )
    assert found.returncode == 0, found.stdout + found.stderr
    assert (tmp_path / "picture.png").read_bytes().startswith(b"\x89PNG")

"""Everything openapi.yaml allows is answered as it says, everything it forbids is refused: schemathesis, all checks."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sgd_api.local.stack import LocalStack, local_stack
from sgd_resources.settings import load_settings

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TRIED = {True: ("--max-examples", "15", "--max-time", "60"), False: ("--max-examples", "5")}
"""Per operation and phase, with a key for as long as the time is not spent. Without one every answer is a refusal:
beside those of the coverage phase, which are always the same, a few say so. A longer run is `schemathesis run` by hand.
"""
REPLACED = ("DATABASE_URL", "DATABASE_OWNER_URL", "DAGSTER_DATABASE_URL", "REDIS_URL", "QDRANT_URL", "S3_ENDPOINT_URL",
            "CLAMAV_HOST", "OPENROUTER_API_KEY", "SGD_PUBLIC_URL")  # fmt: skip
UNLIMITED = ("SGD_RATE_LIMIT_PER_MIN", "SGD_RATE_LIMIT_WORK_PER_MIN", "SGD_RATE_LIMIT_FAILED_LOGINS_PER_MIN",
             "SGD_KEY_LIMIT_PER_MIN", "SGD_KEY_LIMIT_PER_S", "SGD_KEY_LIMIT_BURST")  # fmt: skip


@pytest.fixture(scope="module")
def stack() -> Iterator[LocalStack]:
    """The API without a worker: jobs are accepted and wait."""
    folder = Path(tempfile.mkdtemp(prefix="sgd-st-"))
    with pytest.MonkeyPatch.context() as environment:
        for name in REPLACED:
            environment.delenv(name, raising=False)
        for name in UNLIMITED:
            environment.setenv(name, "100000000")
        environment.setenv("SGD_VAR_DIR", str(folder / "var"))
        environment.setenv("SGD_API_PORT", "8800")
        environment.setenv("SGD_MAX_WAIT_S", "0")
        with local_stack(load_settings(), workers=0) as made:
            yield made
    shutil.rmtree(folder, ignore_errors=True)


PHASES = {
    "single requests": ("--phases", "examples,coverage,fuzzing"),
    # A form that follows a link is marked as wrong even when every value is right; the other phases send wrong ones. An
    # upload that was taken back is not gone: its row says `discarded`, so that nobody wonders what became of it.
    "linked requests": ("--phases", "stateful", "--exclude-checks", "negative_data_rejection,use_after_free"),
}


@pytest.mark.slow
@pytest.mark.parametrize("options", PHASES.values(), ids=PHASES)
@pytest.mark.parametrize("has_key", [True, False], ids=["with a key", "without one"])
def test_the_api_is_what_its_description_says(
    stack: LocalStack, has_key: bool, options: tuple[str, ...], tmp_path: Path
) -> None:
    command = [
        str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(HERE / "schemathesis.toml"),
        "run", str(ROOT / "openapi.yaml"), "--url", stack.api_url, "--checks", "all", *options,
        *TRIED[has_key], "--no-shrink", "--seed", "1",
    ]  # fmt: skip
    if has_key:
        command += ["-H", f"Authorization: Bearer {stack.create_key('acme', 'test')[1]}"]
    found = subprocess.run(
        command,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1", "SCHEMATHESIS_HOOKS": str(HERE / "schemathesis_hooks.py")},
    )
    assert found.returncode == 0, found.stdout[-20_000:]

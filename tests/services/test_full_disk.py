"""A disk that fills up below a running machine: 503, a time to come back, nothing lost, and work goes on afterwards.

The object store lies on a small file system of its own, mounted for this test.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import httpx
import pytest

from sgd_api.local.stack import local_stack
from sgd_resources.settings import load_settings
from tests.services.test_end_to_end import REPLACED, finished, ingest, render_body, upload

ORG = "acme"
SIZE = "24m"
GUIDE = b"# Brand colours\n\nPrimary: #0086BF\n\nSecondary: #FFD400\n\n# Typography\n\nOur font is Inter.\n"
MORE = b"# Voice\n\nWe speak plainly and we greet people by name.\n"
NOTE = b"# Note\n\nWe are open on Saturdays and we say so on every poster.\n"


class SmallDisk:
    """A mounted file system of some megabytes, and a file that takes what is free of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / ".ballast"

    def fill(self) -> None:
        with self._ballast.open("ab", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(4096))

    def free(self) -> None:
        self._ballast.unlink()

    def files(self) -> dict[str, bytes]:
        """What anybody could read before; the machine's own state (locks, temp files) is not among it."""
        every = (path for path in self.folder.rglob("*") if path.is_file() and path != self._ballast)
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in every if ".sgd-tmp" not in path.name}


@pytest.fixture
def disk() -> Iterator[SmallDisk]:
    top = Path(tempfile.mkdtemp(prefix="sgd-full-"))
    folder = top / "var" / "objects"
    folder.mkdir(parents=True, mode=0o700)
    options = f"size={SIZE},mode=0700,uid={os.getuid()}"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "sgd-test", str(folder)], capture_output=True, check=False
    )
    try:
        if mounted.returncode != 0:
            pytest.skip(reason="mounting a small file system needs a right that this user has not")
        yield SmallDisk(folder)
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
        shutil.rmtree(top, ignore_errors=True)


@pytest.fixture
def client(disk: SmallDisk) -> Iterator[httpx.Client]:
    with ExitStack() as everything, socket.socket() as probe:
        environment = everything.enter_context(pytest.MonkeyPatch.context())
        probe.bind(("127.0.0.1", 0))
        for name in REPLACED:
            environment.delenv(name, raising=False)
        environment.setenv("SGD_VAR_DIR", str(disk.folder.parent))
        environment.setenv("SGD_API_PORT", str(probe.getsockname()[1]))
        stack = everything.enter_context(local_stack(load_settings(), workers=1))
        _, key = stack.create_key(ORG, "test")
        headers = {"Authorization": f"Bearer {key}"}
        yield everything.enter_context(httpx.Client(base_url=stack.api_url, headers=headers, timeout=60))


def _render(client: httpx.Client) -> httpx.Response:
    return finished(client, client.post("/render", json=render_body(count=1), headers={"Prefer": "wait=25"}))


def _asks_to_come_back(answer: httpx.Response) -> None:
    assert answer.status_code == 503, answer.text
    assert answer.json()["error"]["code"] == "UNAVAILABLE"
    assert int(answer.headers["retry-after"]) > 0


def test_a_full_disk_is_a_503_for_uploads_ingest_and_renders_and_all_goes_on_when_there_is_room(
    client: httpx.Client, disk: SmallDisk
) -> None:
    assert ingest(client, list(upload(client, {"guide.md": GUIDE}).values())).status_code == 200
    assert _render(client).status_code == 200
    waiting = upload(client, {"more.md": MORE})["more.md"]
    row = client.get(f"/uploads/{waiting}").json()
    canon, before = client.get("/canon").json(), disk.files()

    disk.fill()
    _asks_to_come_back(_render(client))
    _asks_to_come_back(client.post("/uploads", files={"files": ("note.md", NOTE * 400)}, data={"project_id": "p1"}))
    _asks_to_come_back(ingest(client, [waiting]))
    assert client.get("/canon").json() == canon
    after = disk.files()
    assert {name: after.get(name) for name in before} == before
    assert client.get(f"/uploads/{waiting}").json() == row

    disk.free()
    assert _render(client).status_code == 200
    note = upload(client, {"note.md": NOTE})["note.md"]
    assert ingest(client, [waiting, note]).status_code == 200
    for upload_id in (waiting, note):
        assert client.get(f"/uploads/{upload_id}").json()["status"] == "promoted"
    assert client.get("/canon").json()["version"] != canon["version"]

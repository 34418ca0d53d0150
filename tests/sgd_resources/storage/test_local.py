"""The local store: all of an object or none, and no byte changed unnoticed."""

import errno
import io
import os
import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgd_resources.errors import Conflict, CorruptObject, InvalidInput, NotFound, StorageFull, Unavailable
from sgd_resources.ports import ObjectStore
from sgd_resources.storage.local import LocalObjectStore
from sgd_resources.storage.signing import UrlSigner

KEY = "org/acme/evidence/one"


@pytest.fixture
def store(tmp_path: Path) -> LocalObjectStore:
    return LocalObjectStore(tmp_path / "objects", signer=UrlSigner(b"k" * 32, base_url="http://api.test"))


def files_of(tmp_path: Path) -> list[str]:
    return sorted(p.name for p in tmp_path.rglob("*") if p.is_file() and p.parent.name != ".sgd-locks")


def test_it_is_an_object_store(store: LocalObjectStore) -> None:
    port: ObjectStore = store
    assert port.stat(KEY) is None


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(data=st.binary(max_size=4096), as_stream=st.booleans())
def test_what_is_put_is_got(data: bytes, as_stream: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = LocalObjectStore(Path(folder))
        put = store.put(KEY, io.BytesIO(data) if as_stream else data, content_type="text/plain")
        assert store.get(KEY) == data
        assert store.stat(KEY) == put
        with store.open(KEY) as stream:
            assert stream.read() == data


def test_a_stream_larger_than_a_block_is_whole(store: LocalObjectStore) -> None:
    data = os.urandom(3 * (1 << 20) + 17)
    assert store.put(KEY, io.BytesIO(data)).size_bytes == len(data)
    with store.open(KEY) as stream:
        assert b"".join(iter(lambda: stream.read(100_000), b"")) == data


def test_a_put_replaces(store: LocalObjectStore, tmp_path: Path) -> None:
    store.put(KEY, b"old")
    store.put(KEY, b"newer")
    assert store.get(KEY) == b"newer"
    assert files_of(tmp_path) == [".one.sgd-meta", "one"]


@pytest.mark.parametrize("damage", [b"changed", b"o", b""])
def test_changed_bytes_are_noticed(store: LocalObjectStore, tmp_path: Path, damage: bytes) -> None:
    store.put(KEY, b"original")
    (tmp_path / "objects" / KEY).write_bytes(damage)
    with pytest.raises(CorruptObject):
        store.get(KEY)
    with store.open(KEY) as stream, pytest.raises(CorruptObject):
        list(iter(lambda: stream.read(3), b""))


def test_a_crash_between_sidecar_and_object_leaves_the_old_object(
    store: LocalObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(KEY, b"old")
    real = Path.replace

    def dies(self: Path, target: Path) -> Path:
        if not str(target).endswith(".sgd-meta"):
            raise OSError(errno.EIO, "power cut")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", dies)
    with pytest.raises(Unavailable):
        store.put(KEY, b"new")
    monkeypatch.undo()
    assert store.get(KEY) == b"old"
    store.put(KEY, b"new")
    assert store.get(KEY) == b"new"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_leaves_nothing_behind(
    store: LocalObjectStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    store.put(KEY, b"old")

    def full(descriptor: int) -> None:
        raise OSError(number, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFull) as caught:
        store.put(KEY, b"new")
    assert caught.value.retry_after_s > 0
    monkeypatch.undo()
    assert files_of(tmp_path) == [".one.sgd-meta", "one"]
    assert store.get(KEY) == b"old"


def test_a_source_that_breaks_leaves_nothing_behind(store: LocalObjectStore, tmp_path: Path) -> None:
    class Breaks(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise InvalidInput("too large")

    with pytest.raises(InvalidInput):
        store.put(KEY, Breaks())  # type: ignore[arg-type]  # a RawIOBase is enough here
    assert files_of(tmp_path) == []


@pytest.mark.parametrize(
    "key", ["/etc/passwd", "../x", "a/../../x", "a\x00", "a/.x.sgd-meta", "a/.x.sgd-tmp", ".sgd-locks/00"]
)
def test_no_key_leaves_the_store(store: LocalObjectStore, key: str) -> None:
    for act in (store.get, store.stat, store.delete, store.open):
        with pytest.raises(InvalidInput):
            act(key)
    with pytest.raises(InvalidInput):
        store.put(key, b"x")


def test_a_link_or_pipe_dropped_in_by_hand_is_no_object(store: LocalObjectStore, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    folder = tmp_path / "objects" / "org/acme/quarantine"
    folder.mkdir(parents=True)
    (folder / "link").symlink_to(tmp_path / "secret")
    (folder / "folder").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(folder / "pipe")
    assert list(store.list("org/")) == []
    for name in ("link", "folder/secret", "pipe", ""):
        key = f"org/acme/quarantine/{name}".rstrip("/")
        assert store.stat(key) is None
        with pytest.raises(NotFound):
            store.get(key)
    with pytest.raises(NotFound):
        store.put("org/acme/quarantine/folder/secret", b"x")
    assert (tmp_path / "secret").read_text() == "secret"


def test_a_file_dropped_in_by_hand_is_readable(store: LocalObjectStore, tmp_path: Path) -> None:
    path = tmp_path / "objects" / "org/acme/quarantine/My guide ü.pdf"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"%PDF")
    [found] = store.list("org/acme/quarantine/")
    assert found.key.endswith("My guide ü.pdf")
    assert store.get(found.key) == b"%PDF"
    stat = store.stat(found.key)
    assert stat is not None
    assert stat.sha256 is None
    assert store.copy(found.key, KEY).sha256 is not None


def test_a_listing_is_ordered_and_hides_what_is_the_stores(store: LocalObjectStore, tmp_path: Path) -> None:
    for key in ("org/a1/x-y", "org/a1/x/z", "org/a1/x/a", "org/a1.b/q", "org/a12/q"):
        store.put(key, b"1")
    (tmp_path / "objects/org/a1/.dead.sgd-tmp").write_bytes(b"half")
    keys = [found.key for found in store.list("org/a1")]
    assert keys == sorted(keys)
    assert len(keys) == 5
    assert [f.key for f in store.list("org/a1/")] == ["org/a1/x-y", "org/a1/x/a", "org/a1/x/z"]
    assert [f.key for f in store.list("org/a1/x/z")] == ["org/a1/x/z"]
    assert len(list(store.list(""))) == 5
    assert list(store.list("org/nobody/")) == []
    with pytest.raises(InvalidInput):
        list(store.list("../"))


def test_delete_is_idempotent(store: LocalObjectStore, tmp_path: Path) -> None:
    store.put(KEY, b"1")
    store.delete(KEY)
    store.delete(KEY)
    assert store.stat(KEY) is None
    assert files_of(tmp_path) == []
    with pytest.raises(NotFound):
        store.get(KEY)


def test_a_copy_is_checked_and_independent(store: LocalObjectStore, tmp_path: Path) -> None:
    first = store.put(KEY, b"1", content_type="text/css")
    second = store.copy(KEY, "org/acme/evidence/two")
    assert (second.sha256, second.content_type) == (first.sha256, "text/css")
    (tmp_path / "objects" / KEY).write_bytes(b"2")
    assert store.get("org/acme/evidence/two") == b"1"
    with pytest.raises(CorruptObject):
        store.copy(KEY, "org/acme/evidence/three")
    assert store.stat("org/acme/evidence/three") is None
    with pytest.raises(NotFound):
        store.copy("org/acme/none", KEY)


def test_an_object_is_no_folder(store: LocalObjectStore) -> None:
    store.put("org/acme/a", b"1")
    with pytest.raises(Conflict):
        store.put("org/acme/a/b", b"2")
    store.put("org/acme/c/d", b"1")
    with pytest.raises(Conflict):
        store.put("org/acme/c", b"2")
    with pytest.raises(NotFound):
        store.get("org/acme/a/b")
    with pytest.raises(NotFound):
        store.get("org/acme/c")


def test_readers_never_see_half_of_a_write(store: LocalObjectStore) -> None:
    versions = [bytes([i]) * 50_000 for i in range(8)]
    store.put(KEY, versions[0])
    done = threading.Event()
    faults: list[BaseException] = []

    def read() -> None:
        while not done.is_set():
            try:
                assert store.get(KEY) in versions
            except BaseException as error:  # noqa: BLE001  # handed to the main thread
                faults.append(error)
                return

    def write(offset: int) -> None:
        for i in range(20):
            store.put(KEY, versions[(i + offset) % 8])

    readers = [threading.Thread(target=read) for _ in range(2)]
    writers = [threading.Thread(target=write, args=(n,)) for n in range(2)]
    for thread in readers + writers:
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    assert faults == []
    assert store.get(KEY) in versions


def test_a_signed_url_is_the_signers(store: LocalObjectStore, tmp_path: Path) -> None:
    assert store.signed_url(KEY, org_id="acme").startswith(f"http://api.test/assets/{KEY}?org=acme&")
    with pytest.raises(InvalidInput):
        LocalObjectStore(tmp_path).signed_url(KEY, org_id="acme")


def test_the_check_writes_nothing(store: LocalObjectStore, tmp_path: Path) -> None:
    store.check()
    assert files_of(tmp_path) == []


def test_folders_are_the_names_right_below_a_prefix(tmp_path: Path) -> None:
    store = LocalObjectStore(tmp_path / "objects")
    store.put("org/beta/quarantine/deep/a.txt", b"a")
    store.put("org/alpha/quarantine/b.txt", b"b")
    store.put("org/note.txt", b"no folder")
    assert list(store.folders("org/")) == ["alpha", "beta"]
    assert list(store.folders("org/none/")) == []

"""The object store on local disk: one file per key below a root directory.

A write is: temp file, fsync, rename, fsync of the directory. Beside each object lies its sidecar (`sidecar.py`); a file
dropped in by hand has none and is readable all the same. What must not live here: signing (`signing.py`), what a disk's
error means (`disk_errors.py`) and the choice of a store (`select.py`).
"""

import fcntl
import hashlib
import io
import os
import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Literal
from uuid import uuid4

from sgd_resources.errors import InvalidInput, NotFound, StorageFull, Unavailable
from sgd_resources.ports import StoredObject
from sgd_resources.storage.checked_stream import CheckedStream
from sgd_resources.storage.disk_errors import ABSENT, translate, translated
from sgd_resources.storage.keys import is_key, say_passed_over, validate_key
from sgd_resources.storage.leftovers import SIDECAR_SUFFIX, TEMP_SUFFIX, remove_leftovers
from sgd_resources.storage.sidecar import put_in_place, read_sidecar, sidecar_path
from sgd_resources.storage.signing import UrlSigner
from sgd_resources.storage.temp_file import TempFile

_LOCKS_DIR = ".sgd-locks"
_BLOCK_BYTES = 1 << 20
_READ_ATTEMPTS = 20


class LocalObjectStore:
    """ObjectStore on a directory. Safe for many processes on one machine.

    Args:
        root: directory of the objects; made on the first write.
        signer: makes signed URLs; without it `signed_url` is refused.
    """

    def __init__(self, root: Path, *, signer: UrlSigner | None = None) -> None:
        self._root = Path(os.path.realpath(root))
        self._signer = signer

    def put(self, key: str, data: bytes | BinaryIO, *, content_type: str = "application/octet-stream") -> StoredObject:
        """Write atomically. See ObjectStore.put.

        Raises:
            StorageFull: the disk or quota is full; the temp file is gone. Retry later.
            Unavailable: another disk error. Retry.
        """
        writer = self.writer(key, content_type=content_type)
        source = io.BytesIO(data) if isinstance(data, bytes) else data
        try:
            while block := source.read(_BLOCK_BYTES):
                writer.write(block)
            return writer.commit()
        except OSError as error:
            translate(error, key)
        finally:
            writer.abort()

    def writer(self, key: str, *, content_type: str = "application/octet-stream") -> "LocalWriter":
        """Write an object block by block. See ObjectStore.writer."""
        return LocalWriter(self, self._path(key), key, content_type)

    def get(self, key: str) -> bytes:
        """The whole object, checked. See ObjectStore.get."""
        with self.open(key) as stream:
            return stream.read()

    def open(self, key: str) -> BinaryIO:
        """A stream that raises CorruptObject at its end when the bytes changed. See ObjectStore.open."""
        path = self._path(key)
        for _ in range(_READ_ATTEMPTS):
            source = self._open_file(path, key)
            try:
                sidecar = read_sidecar(path)
                # The sidecar speaks of this very file as long as no writer has put another in its place meanwhile.
                if os.path.samestat(os.fstat(source.fileno()), path.lstat()):
                    hashes = (sidecar.sha256, sidecar.previous_sha256 or sidecar.sha256) if sidecar else ()
                    return io.BufferedReader(CheckedStream(source, key=key, sha256s=hashes), _BLOCK_BYTES)
            except FileNotFoundError:
                pass
            except BaseException:
                source.close()
                raise
            source.close()
        raise Unavailable("an object is being rewritten without pause", retry_after_s=1, details={"key": key})

    def stat(self, key: str) -> StoredObject | None:
        """Size, time, and what the sidecar says. See ObjectStore.stat."""
        path = self._path(key)
        try:
            self._refuse_symlinked(path)
            found = path.lstat()
        except (OSError, NotFound):
            return None
        if not stat.S_ISREG(found.st_mode):
            return None
        sidecar = read_sidecar(path)
        if sidecar and sidecar.size_bytes != found.st_size:
            sidecar = None
        return StoredObject(
            key,
            found.st_size,
            sidecar.sha256 if sidecar else None,
            sidecar.content_type if sidecar else None,
            found.st_mtime,
            found.st_ctime,
        )

    def list(self, prefix: str, *, passed_over: Callable[[str], object] | None = None) -> Iterator[StoredObject]:
        """Objects below a prefix, ordered by key; without hashes, which `stat` reads. See ObjectStore.list."""
        folder, _, _ = prefix.rpartition("/")
        if folder:
            validate_key(folder)
        if "\x00" in prefix or prefix.startswith("/"):
            raise InvalidInput("a prefix is a relative path")
        start = f"{folder}/" if folder else ""
        yield from self._walk(self._root / folder, start, prefix, passed_over or say_passed_over)

    def folders(self, prefix: str) -> Sequence[str]:
        """Names of the folders right below a prefix that ends with '/', sorted. See ObjectStore.folders."""
        validate_key(prefix.rstrip("/"))
        try:
            with os.scandir(self._root / prefix) as entries:
                return sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
        except OSError as error:
            if error.errno in ABSENT:
                return []
            translate(error, prefix)

    def delete(self, key: str) -> None:
        """Remove object and sidecar; the folder stays. See ObjectStore.delete."""
        path = self._path(key)
        try:
            self._refuse_symlinked(path)
            with self._locked(key):
                sidecar_path(path).unlink(missing_ok=True)
                path.unlink(missing_ok=True)
        except NotFound:
            return
        except OSError as error:
            if error.errno not in ABSENT:
                translate(error, key)

    def remove_prefix(self, prefix: str) -> None:
        """Remove the folder. See ObjectStore.remove_prefix."""
        folder = self._path(prefix.removesuffix("/"))
        try:
            self._refuse_symlinked(folder)
            shutil.rmtree(folder)
        except (FileNotFoundError, NotFound):
            return
        except OSError as error:
            translate(error, prefix)

    def remove_leftovers(self, older_than: float) -> int:
        """Temp files of killed writers, and sidecars without their object. See ObjectStore.remove_leftovers."""
        return remove_leftovers(self._root, older_than)

    def copy(self, source_key: str, target_key: str) -> StoredObject:
        """Copy the bytes, checked on the way. See ObjectStore.copy."""
        known = self.stat(source_key)
        with self.open(source_key) as source:
            content_type = known.content_type if known else None
            return self.put(target_key, source, content_type=content_type or "application/octet-stream")

    def signed_url(
        self,
        key: str,
        *,
        org_id: str,
        method: Literal["GET", "PUT"] = "GET",
        expires_in_s: int = 900,
        filename: str | None = None,
    ) -> str:
        """An HMAC-signed URL that the API serves. See ObjectStore.signed_url and UrlSigner.sign."""
        if self._signer is None:
            raise InvalidInput("this object store has no signing key")
        return self._signer.sign(key, org_id=org_id, method=method, expires_in_s=expires_in_s, filename=filename)

    def check(self) -> None:
        """Nothing when the store can be written now. Raises Unavailable or StorageFull."""
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            if not os.access(self._root, os.R_OK | os.W_OK | os.X_OK):
                raise Unavailable("the object store's directory cannot be written")
            if shutil.disk_usage(self._root).free < _BLOCK_BYTES:
                raise StorageFull("the object store has no room left")
        except OSError as error:
            translate(error, "")

    # ------------------------------------------------------------ steps

    def _path(self, key: str) -> Path:
        validate_key(key)
        name = key.rpartition("/")[2]
        if key.startswith(f"{_LOCKS_DIR}/") or _is_own(name):
            raise InvalidInput("this key is reserved by the object store")
        return self._root / key

    def _refuse_symlinked(self, path: Path) -> None:
        # A link dropped in by hand must not lead out of the store.
        if os.path.realpath(path) != str(path):
            raise NotFound("no such object")

    def _open_file(self, path: Path, key: str) -> BinaryIO:
        try:
            self._refuse_symlinked(path)
            # O_NONBLOCK: opening a pipe dropped in by hand must not wait for a writer.
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            translate(error, key)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise NotFound("no such object", details={"key": key})
        return os.fdopen(descriptor, "rb")

    def _begin(self, target: Path) -> tuple[TempFile, Sequence[Path]]:
        """A temp file beside the target, and the folders that got a new name in them on the way."""
        made = _make_folders(target.parent)
        self._refuse_symlinked(target)
        return TempFile(target.with_name(f".{uuid4().hex}{TEMP_SUFFIX}")), made

    @contextmanager
    def _locked(self, key: str) -> Iterator[None]:
        """One of 256 lock files, by hash of the key; the kernel drops the lock when its holder dies."""
        folder = self._root / _LOCKS_DIR
        name = hashlib.sha256(key.encode("utf-8")).hexdigest()[:2]
        try:
            descriptor = os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except FileNotFoundError:
            folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _walk(
        self, folder: Path, key_prefix: str, prefix: str, passed_over: Callable[[str], object]
    ) -> Iterator[StoredObject]:
        try:
            with os.scandir(folder) as entries:
                children = [
                    (f"{entry.name}/" if entry.is_dir(follow_symlinks=False) else entry.name, entry)
                    for entry in entries
                ]
        except OSError as error:
            if error.errno in ABSENT:
                return
            translate(error, key_prefix)
        for name, entry in sorted(children, key=lambda child: child[0]):
            key = key_prefix + name
            if not (key.startswith(prefix) or (name.endswith("/") and prefix.startswith(key))):
                continue
            if name.endswith("/"):
                if name != f"{_LOCKS_DIR}/":
                    yield from self._walk(Path(entry.path), key, prefix, passed_over)
            elif not _is_own(name):
                # A link would lead out of the store, a pipe or a device has no bytes of its own: named, never opened.
                if not entry.is_file(follow_symlinks=False) or not is_key(key):
                    passed_over(key)
                    continue
                with suppress(FileNotFoundError):
                    found = entry.stat(follow_symlinks=False)
                    yield StoredObject(key, found.st_size, None, None, found.st_mtime, found.st_ctime)


class LocalWriter:
    """One object in the making: a temp file from the first block on. Implements `ObjectWriter`."""

    def __init__(self, store: LocalObjectStore, target: Path, key: str, content_type: str) -> None:
        self._store, self._target, self._key, self._content_type = store, target, key, content_type
        self._temp: TempFile | None = None
        self._made: Sequence[Path] = []

    def write(self, block: bytes) -> None:
        """Append a block. See ObjectWriter.write."""
        with translated(self._key):
            self._begun().write(block)

    def commit(self) -> StoredObject:
        """Make the object appear. See ObjectWriter.commit."""
        with translated(self._key):
            temp = self._begun()
            temp.finish()
            with self._store._locked(self._key):
                put_in_place(
                    temp.path,
                    self._target,
                    sha256=temp.sha256,
                    size_bytes=temp.size_bytes,
                    content_type=self._content_type,
                )
            for folder in [self._target.parent, *self._made]:
                _sync_directory(folder)
            found = self._target.stat()
        return StoredObject(self._key, temp.size_bytes, temp.sha256, self._content_type, found.st_mtime, found.st_ctime)

    def abort(self) -> None:
        """Take away what was written, unless it was committed. See ObjectWriter.abort."""
        if self._temp is not None:
            self._temp.remove()

    def _begun(self) -> TempFile:
        if self._temp is None:
            self._temp, self._made = self._store._begin(self._target)
        return self._temp


def _make_folders(folder: Path) -> list[Path]:
    """Make a folder and those above it; the folders that got a new name in them, to be synced for a power cut."""
    missing: list[Path] = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
    return [path.parent for path in missing]


def _sync_directory(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_own(name: str) -> bool:
    return name.startswith(".") and name.endswith((SIDECAR_SUFFIX, TEMP_SUFFIX))

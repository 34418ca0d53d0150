"""Streams the files of one upload request into quarantine: counted and hashed on the way, never held whole.

A file goes straight from the socket into the object store under a server-made key; the store's own temp file is the
only copy. When anything fails, what was already stored of the request is taken away again. What must not live here:
rows (`routes/uploads.py`), or what the gate thinks of a file.
"""

import hashlib
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import BinaryIO, cast
from uuid import UUID, uuid4

import anyio
import anyio.from_thread
import anyio.to_thread
from anyio.streams.memory import MemoryObjectReceiveStream

from sgd_api.multipart import Event, PartBegin, PartData, PartEnd
from sgd_resources.errors import InvalidInput, PayloadTooLarge, SgdError, ValidationFailed
from sgd_resources.ports import ObjectStore, StoredObject
from sgd_resources.storage.keys import quarantine_key

MAX_FIELD_BYTES = 2_000
MAX_FILE_NAME_CHARACTERS = 255
_CHUNKS_IN_FLIGHT = 4


@dataclass(frozen=True)
class QuarantinedFile:
    """One file as it lies in quarantine."""

    upload_id: UUID
    key: str
    file_name: str
    declared_type: str | None
    size_bytes: int
    source_sha256: str


@dataclass
class UploadForm:
    """What one request brought: files in order, and plain fields."""

    files: list[QuarantinedFile] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class UploadCaps:
    """Limits of one request: bytes per file, bytes left in the org's quota, files per request."""

    file_bytes: int
    quota_left_bytes: int
    files: int


async def receive_form(
    events: AsyncIterator[Event], store: ObjectStore, *, org_id: str, caps: UploadCaps
) -> UploadForm:
    """Everything the request brought, the files stored in quarantine.

    Raises:
        PayloadTooLarge: a file, the quota or the number of files is over its cap. Nothing stays stored.
        ValidationFailed: an empty file. InvalidInput: a damaged form. StorageFull, Unavailable: retry later.
    """
    form = UploadForm()
    try:
        async for event in events:
            if not isinstance(event, PartBegin):
                raise InvalidInput("the body is not valid multipart/form-data")
            if event.file_name is None:
                await _read_field(form, event, events)
            else:
                await _store_file(form, event, events, store, org_id=org_id, caps=caps)
    except BaseException:
        with anyio.CancelScope(shield=True):
            await discard(form.files, store)
        raise
    return form


async def discard(files: list[QuarantinedFile], store: ObjectStore) -> None:
    """Take stored files away again."""
    for stored in files:
        await anyio.to_thread.run_sync(store.delete, stored.key)


async def _read_field(form: UploadForm, part: PartBegin, events: AsyncIterator[Event]) -> None:
    value = bytearray()
    async for event in events:
        if isinstance(event, PartEnd):
            break
        assert isinstance(event, PartData)
        value += event.data
        if len(value) > MAX_FIELD_BYTES:
            raise PayloadTooLarge(f"the field {part.name[:40]!r} is too long", details={"max_bytes": MAX_FIELD_BYTES})
    try:
        form.fields[part.name] = value.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"the field {part.name[:40]!r} is not UTF-8") from error


async def _store_file(
    form: UploadForm,
    part: PartBegin,
    events: AsyncIterator[Event],
    store: ObjectStore,
    *,
    org_id: str,
    caps: UploadCaps,
) -> None:
    if len(form.files) >= caps.files:
        raise PayloadTooLarge("too many files in one request", details={"max_files": caps.files})
    stored_before = sum(stored.size_bytes for stored in form.files)
    upload_id = uuid4()
    key = quarantine_key(org_id, upload_id)
    digest, size = hashlib.sha256(), 0
    sender, receiver = anyio.create_memory_object_stream[bytes](_CHUNKS_IN_FLIGHT)
    writing = _Writing(store, key, receiver)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(writing.run)
        try:
            async for event in events:
                if isinstance(event, PartEnd):
                    await sender.send(b"")
                    break
                assert isinstance(event, PartData)
                size += len(event.data)
                digest.update(event.data)
                _check_size(size, stored_before, caps)
                await sender.send(event.data)
        except anyio.BrokenResourceError:
            pass  # the store gave up first: its error is raised below
        except SgdError as error:
            writing.reject(error)
        finally:
            # Without the final empty chunk the store's read fails, so a cut-off file is never committed.
            sender.close()
    writing.raise_failure()
    form.files.append(
        QuarantinedFile(upload_id, key, _display_name(part.file_name), _declared(part), size, digest.hexdigest())
    )
    if size == 0:
        raise ValidationFailed("the file is empty", details={"file_name": form.files[-1].file_name})


def _check_size(size: int, stored_before: int, caps: UploadCaps) -> None:
    if size > caps.file_bytes:
        raise PayloadTooLarge("the file is larger than a file may be", details={"max_bytes": caps.file_bytes})
    if size + stored_before > caps.quota_left_bytes:
        raise PayloadTooLarge(
            "the organisation's storage quota is used up", details={"quota_left_bytes": caps.quota_left_bytes}
        )


def _display_name(file_name: str | None) -> str:
    """The user's name for a file as data: last path segment, printable, at most 255 characters."""
    bare = (file_name or "").replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(ch for ch in bare if ch.isprintable()).strip()
    return name[-MAX_FILE_NAME_CHARACTERS:] or "unnamed"


def _declared(part: PartBegin) -> str | None:
    kind = (part.content_type or "").partition(";")[0].strip().lower()
    return kind[:127] if kind.isprintable() and kind else None


class _Writing:
    """One store.put in a worker thread, fed by a bounded stream."""

    def __init__(self, store: ObjectStore, key: str, chunks: MemoryObjectReceiveStream[bytes]) -> None:
        self._store = store
        self._key = key
        self._chunks = chunks
        self._failure: SgdError | None = None
        self._rejection: SgdError | None = None

    async def run(self) -> None:
        """Write until the end of the part; an error of ours is kept for `raise_failure`."""
        try:
            await anyio.to_thread.run_sync(self._put)
        except SgdError as error:
            self._failure = error
        finally:
            self._chunks.close()

    def reject(self, error: SgdError) -> None:
        """The sender found a reason to stop."""
        self._rejection = error

    def raise_failure(self) -> None:
        """Raises what ended the writing, if anything did: the sender's reason before the store's."""
        if error := self._rejection or self._failure:
            raise error

    def _put(self) -> StoredObject:
        reader = io.BufferedReader(_Chunks(self._chunks), 1 << 20)
        return self._store.put(self._key, cast(BinaryIO, reader))


class _Chunks(io.RawIOBase):
    """A worker thread's file-like end of the stream."""

    def __init__(self, chunks: MemoryObjectReceiveStream[bytes]) -> None:
        super().__init__()
        self._chunks = chunks
        self._rest = b""
        self._is_ended = False

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the base names a wider buffer type
        """Fill `buffer` from the next chunk; 0 at the part's end."""
        while not self._rest and not self._is_ended:
            try:
                self._rest = anyio.from_thread.run(self._chunks.receive)
            except anyio.EndOfStream as error:
                raise InvalidInput("the upload was cut off") from error
            self._is_ended = not self._rest
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size

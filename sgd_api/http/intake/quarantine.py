"""Streams the files of one upload request into quarantine: counted and hashed on the way, never held whole.

A file goes straight from the socket into the object store under a server-made key; the store's own temp file is the
only copy. An empty file is left out and named; when anything else fails, what was already stored of the request is
taken away again. What must not live here: rows (`routes/uploads.py`), or what the gate thinks of a file.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import anyio

from sgd_api.http.intake.lane import UploadLane
from sgd_api.http.intake.multipart import Event, PartBegin, PartData, PartEnd
from sgd_resources.errors import BrokenContract, InvalidInput, PayloadTooLarge, ValidationFailed
from sgd_resources.ports import ObjectStore, StoredObject
from sgd_resources.storage.keys import quarantine_key

MAX_FIELD_BYTES = 2_000
MAX_FILE_NAME_CHARACTERS = 255
_BLOCK_BYTES = 1 << 18
"""Written at once. With 64 uploads under way they hold 16 MB at most, however many dribble."""


EMPTY = "the file is empty"
FILE_FIELDS = frozenset({"file", "files"})
TEXT_FIELDS = frozenset({"project_id"})


@dataclass(frozen=True)
class QuarantinedFile:
    """One file as it lies in quarantine."""

    upload_id: UUID
    key: str
    file_name: str
    declared_type: str | None
    size_bytes: int
    source_sha256: str


@dataclass(frozen=True)
class UnusableFile:
    """A file that was sent and not stored, and why."""

    file_name: str
    reason: str


@dataclass
class UploadForm:
    """What one request brought: files in order, those not taken, and plain fields."""

    files: list[QuarantinedFile] = field(default_factory=list)
    left_out: list[UnusableFile] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class UploadCaps:
    """Limits of one request: bytes per file, bytes left in the org's quota, files per request."""

    file_bytes: int
    quota_left_bytes: int
    files: int


async def receive_form(
    events: AsyncIterator[Event], store: ObjectStore, *, org_id: str, caps: UploadCaps, lane: UploadLane
) -> UploadForm:
    """Everything the request brought, the files stored in quarantine.

    Raises:
        PayloadTooLarge: a file, the quota or the number of files is over its cap. Nothing stays stored.
        ValidationFailed: a field we do not know, or one of them twice. InvalidInput: a damaged form.
        TooSlow: it does not keep the pace.
        StorageFull, Unavailable: retry later.
    """
    form = UploadForm()
    try:
        async for event in events:
            if not isinstance(event, PartBegin):
                raise InvalidInput("the body is not valid multipart/form-data")
            _refuse_unknown(form, event)
            if event.file_name is None:
                await _read_field(form, event, events)
            else:
                await _store_file(form, event, events, store, org_id=org_id, caps=caps, lane=lane)
    except BaseException:
        with anyio.CancelScope(shield=True):
            await discard(form.files, store, lane)
        raise
    return form


def _refuse_unknown(form: UploadForm, part: PartBegin) -> None:
    """A field that nobody knows would be obeyed by nobody."""
    is_file = part.file_name is not None
    message = None
    if part.name not in FILE_FIELDS | TEXT_FIELDS:
        message = "unknown field"
    elif is_file != (part.name in FILE_FIELDS):
        message = "this field is no file" if is_file else "this field is a file"
    elif part.name in form.fields:
        message = "given twice"
    if message is not None:
        path = f"$.{part.name[:100]}"
        raise ValidationFailed(f"{path}: {message}", details={"errors": [{"path": path, "message": message}]})


async def discard(files: list[QuarantinedFile], store: ObjectStore, lane: UploadLane) -> None:
    """Take stored files away again."""
    for stored in files:
        await lane.run(store.delete, stored.key)


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
    lane: UploadLane,
) -> None:
    if len(form.files) + len(form.left_out) >= caps.files:
        raise PayloadTooLarge("too many files in one request", details={"max_files": caps.files})
    stored_before = sum(stored.size_bytes for stored in form.files)
    name = _display_name(part.file_name)
    upload_id = uuid4()
    sink = _Sink(store, quarantine_key(org_id, upload_id), lane)
    size = 0
    try:
        async for event in events:
            if isinstance(event, PartEnd):
                break
            assert isinstance(event, PartData)
            size += len(event.data)
            _check_size(size, stored_before, caps)
            await sink.write(event.data)
        else:
            raise InvalidInput("the upload was cut off")
        if size == 0:
            await sink.abort()
            form.left_out.append(UnusableFile(name, EMPTY))
            return
        stored = await sink.commit()
    except BaseException:
        await sink.abort()
        raise
    assert stored.sha256 is not None
    form.files.append(QuarantinedFile(upload_id, stored.key, name, _declared(part), stored.size_bytes, stored.sha256))
    if stored.size_bytes != size:
        raise BrokenContract("the store kept another number of bytes than were sent")


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


class _Sink:
    """One object of the store in the making; a thread of the lane is taken for each block, and given back."""

    def __init__(self, store: ObjectStore, key: str, lane: UploadLane) -> None:
        self._writer = store.writer(key)
        self._lane = lane
        self._block = bytearray()

    async def write(self, data: bytes) -> None:
        self._block += data
        if len(self._block) >= _BLOCK_BYTES:
            await self._flush()

    async def commit(self) -> StoredObject:
        await self._flush()
        return await self._lane.run(self._writer.commit)

    async def abort(self) -> None:
        with anyio.CancelScope(shield=True):
            await self._lane.run(self._writer.abort)

    async def _flush(self) -> None:
        block, self._block = bytes(self._block), bytearray()
        await self._lane.run(self._writer.write, block)

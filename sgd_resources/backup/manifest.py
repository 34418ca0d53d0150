"""What a backup says of itself: `backup.json`, and `objects.jsonl` with a line per object.

The manifest is written last, so that a folder without it is no backup. What must not live here: copying.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sgd_resources.errors import BrokenContract, CorruptObject, InvalidInput

MANIFEST = "backup.json"
OBJECTS = "objects.jsonl"
BLOBS = "objects"
KEYS = "keys"
FORMAT = 1
_SHA256 = r"^[0-9a-f]{64}$"


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class KeptFile(_Kept):
    """A file of the backup beside the objects: a dump, a key, the list of objects."""

    path: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)?$")
    sha256: str = Field(pattern=_SHA256)
    size_bytes: int = Field(ge=0)


class KeptObject(_Kept):
    """One object of the store; its bytes lie once under their hash, however many keys hold them."""

    key: str
    sha256: str = Field(pattern=_SHA256)
    size_bytes: int = Field(ge=0)
    content_type: str = "application/octet-stream"


class BackupManifest(_Kept):
    """What was written, when, and by which release."""

    format: int = FORMAT
    made_by: str = Field(description="release of SGD")
    began_at: str = Field(description="UTC; what was written later may be missing")
    ended_at: str
    revision: str = Field(description="newest migration of our database")
    orgs: int = Field(ge=0)
    databases: tuple[KeptFile, ...] = Field(description="dumps, ours first")
    keys: tuple[KeptFile, ...] = Field(description="key files of one machine; none where settings hold them")
    objects_file: KeptFile
    objects: int = Field(ge=0)
    objects_bytes: int = Field(ge=0)
    not_in_store: tuple[str, ...] = Field(default=(), description="keys that rows name and the store did not hold")


def blob_path(folder: Path, sha256: str) -> Path:
    """Where the bytes with this hash lie."""
    return folder / BLOBS / sha256[:2] / sha256


def kept_file(folder: Path, path: str) -> KeptFile:
    """The record of a file that was just written."""
    file = folder / path
    return KeptFile(path=path, sha256=sha256_of(file), size_bytes=file.stat().st_size)


def sha256_of(path: Path) -> str:
    """Hash of a file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_backup(folder: Path) -> BackupManifest:
    """The manifest of a finished backup.

    Raises:
        InvalidInput: there is none here, it was not finished, or a newer release made it.
        CorruptObject: the manifest is damaged.
    """
    path = folder / MANIFEST
    if not folder.is_dir():
        raise InvalidInput(f"there is no folder {folder}")
    if not path.is_file():
        raise InvalidInput(f"{folder} holds no {MANIFEST}: it is no backup, or one that was never finished")
    text = path.read_bytes()
    if (named := re.match(rb'\s*\{\s*"format":\s*(\d+)', text)) and int(named[1]) != FORMAT:
        raise InvalidInput(
            f"the backup has format {int(named[1])}, this release reads {FORMAT}: use the one that made it"
        )
    try:
        return BackupManifest.model_validate_json(text)
    except ValidationError as error:
        raise CorruptObject(f"{path} is damaged: take another backup") from error


def read_objects(folder: Path) -> Iterator[KeptObject]:
    """The objects of a backup in the order of their keys. Raises CorruptObject."""
    with (folder / OBJECTS).open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield KeptObject.model_validate_json(line)
            except ValidationError as error:
                raise CorruptObject(f"line {number} of {OBJECTS} is damaged: take another backup") from error


def verify(folder: Path) -> BackupManifest:
    """The manifest, once every file and object of the backup was read and has the hash it was written with.

    Raises:
        InvalidInput, CorruptObject: see `read_backup`; or a file is missing, cut or changed, and which.
    """
    manifest = read_backup(folder)
    for file in (*manifest.databases, *manifest.keys, manifest.objects_file):
        _check(folder / file.path, file.sha256, file.size_bytes, file.path)
    count, seen = 0, set[str]()
    for kept in read_objects(folder):
        count += 1
        if kept.sha256 not in seen:
            _check(blob_path(folder, kept.sha256), kept.sha256, kept.size_bytes, kept.key)
            seen.add(kept.sha256)
    if count != manifest.objects:
        raise BrokenContract(f"{OBJECTS} lists {count} objects, {MANIFEST} says {manifest.objects}")
    return manifest


def _check(path: Path, sha256: str, size_bytes: int, name: str) -> None:
    if not path.is_file():
        raise CorruptObject(f"the backup lacks {name}: take another one")
    size = path.stat().st_size
    if size != size_bytes or sha256_of(path) != sha256:
        raise CorruptObject(f"the backup's {name} is damaged ({size} of {size_bytes} bytes): take another one")

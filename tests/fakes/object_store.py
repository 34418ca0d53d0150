"""FakeObjectStore: objects in memory."""

import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, Literal

from sgd_resources.errors import NotFound
from sgd_resources.ports import StoredObject
from sgd_resources.storage.keys import validate_key
from sgd_resources.storage.signing import check_grant


class FakeObjectStore:
    """ObjectStore in memory; `reads` and `writes` list the keys asked for, in order."""

    def __init__(self) -> None:
        self.objects: dict[str, tuple[bytes, str]] = {}
        self.changed_at: dict[str, float] = {}
        self.reads: list[str] = []
        self.writes: list[str] = []

    def note_change(self, key: str, changed_at: float) -> None:
        """As a disk that saw the object change then."""
        self.changed_at[key] = changed_at

    def put(self, key: str, data: bytes | BinaryIO, *, content_type: str = "application/octet-stream") -> StoredObject:
        validate_key(key)
        self.objects[key] = (data if isinstance(data, bytes) else data.read(), content_type)
        self.writes.append(key)
        stored = self.stat(key)
        assert stored is not None
        return stored

    def writer(self, key: str, *, content_type: str = "application/octet-stream") -> "FakeWriter":
        return FakeWriter(self, validate_key(key), content_type)

    def get(self, key: str) -> bytes:
        validate_key(key)
        self.reads.append(key)
        if key not in self.objects:
            raise NotFound("no such object", details={"key": key})
        return self.objects[key][0]

    def open(self, key: str) -> BinaryIO:
        return io.BytesIO(self.get(key))

    def stat(self, key: str) -> StoredObject | None:
        if validate_key(key) not in self.objects:
            return None
        data, content_type = self.objects[key]
        return StoredObject(
            key, len(data), hashlib.sha256(data).hexdigest(), content_type, 0.0, self.changed_at.get(key)
        )

    def list(self, prefix: str, *, passed_over: Callable[[str], object] | None = None) -> Iterator[StoredObject]:
        for key in sorted(self.objects):
            if key.startswith(prefix):
                yield StoredObject(key, len(self.objects[key][0]), None, None, 0.0, self.changed_at.get(key))

    def folders(self, prefix: str) -> Sequence[str]:
        rests = (key.removeprefix(prefix) for key in self.objects if key.startswith(prefix))
        return sorted({rest.split("/")[0] for rest in rests if "/" in rest})

    def delete(self, key: str) -> None:
        self.objects.pop(validate_key(key), None)

    def remove_prefix(self, prefix: str) -> None:
        for key in [key for key in self.objects if key.startswith(prefix)]:
            del self.objects[key]

    def remove_leftovers(self, older_than: float) -> int:
        return 0

    def copy(self, source_key: str, target_key: str) -> StoredObject:
        data = self.get(source_key)
        return self.put(target_key, data, content_type=self.objects[source_key][1])

    def signed_url(
        self,
        key: str,
        *,
        org_id: str,
        method: Literal["GET", "PUT"] = "GET",
        expires_in_s: int = 900,
        filename: str | None = None,
    ) -> str:
        check_grant(key, org_id=org_id, method=method, expires_in_s=expires_in_s)
        return f"http://fake.test/assets/{key}?org={org_id}&method={method}&expires_in={expires_in_s}"


class FakeWriter:
    """ObjectWriter in memory."""

    def __init__(self, store: FakeObjectStore, key: str, content_type: str) -> None:
        self._store, self._key, self._content_type = store, key, content_type
        self._data = bytearray()

    def write(self, block: bytes) -> None:
        self._data += block

    def commit(self) -> StoredObject:
        return self._store.put(self._key, bytes(self._data), content_type=self._content_type)

    def abort(self) -> None:
        self._data.clear()

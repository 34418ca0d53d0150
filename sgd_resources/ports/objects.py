"""The object store: bytes under server-made keys."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Literal, Protocol


@dataclass(frozen=True)
class StoredObject:
    """One object as the store holds it."""

    key: str
    size_bytes: int
    sha256: str | None
    content_type: str | None = None
    modified_at: float | None = None
    """Unix seconds (UTC)."""
    changed_at: float | None = None
    """When the disk last saw bytes or times of the object change, in Unix seconds; nobody can set it back. None where
    objects appear whole (S3)."""


class ObjectWriter(Protocol):
    """One object in the making, block by block; nothing is seen of it before `commit`. For one thread at a time."""

    def write(self, block: bytes) -> None:
        """Append. Raises StorageFull, Unavailable."""
        ...

    def commit(self) -> StoredObject:
        """Make the object appear, whole, and say what was stored. Raises StorageFull, Unavailable."""
        ...

    def abort(self) -> None:
        """Take away what was written, unless it was committed. Safe to call at any time, also twice."""
        ...


class ObjectStore(Protocol):
    """Bytes under server-made keys (`org/{org_id}/...`). Writes are atomic: a reader sees all of an object or none."""

    def put(self, key: str, data: bytes | BinaryIO, *, content_type: str = "application/octet-stream") -> StoredObject:
        """Write and return what was stored, with its sha256. Overwrites atomically.

        Raises:
            StorageFull: no room; nothing is left behind. Retry later.
            Unavailable: the store cannot be reached. Retry.
        """
        ...

    def writer(self, key: str, *, content_type: str = "application/octet-stream") -> ObjectWriter:
        """Begin to write an object whose bytes come bit by bit; abort it unless it was committed."""
        ...

    def get(self, key: str) -> bytes:
        """The whole object, its sha256 checked.

        Raises:
            NotFound: no such key.
            CorruptObject: the bytes changed since they were written.
        """
        ...

    def open(self, key: str) -> BinaryIO:
        """A readable stream of the object; the caller closes it. Raises NotFound."""
        ...

    def stat(self, key: str) -> StoredObject | None:
        """What is known of the object, or None."""
        ...

    def list(self, prefix: str, *, passed_over: Callable[[str], object] | None = None) -> Iterator[StoredObject]:
        """Objects below a prefix, ordered by key.

        Args:
            prefix: beginning of the keys.
            passed_over: told each name laid down by hand that can be no key, or is a link, a pipe or a device; without
                it, the log is.
        """
        ...

    def folders(self, prefix: str) -> Sequence[str]:
        """Names of the folders right below a prefix that ends with '/', sorted; looks no deeper."""
        ...

    def delete(self, key: str) -> None:
        """Remove; no error when it is not there."""
        ...

    def remove_prefix(self, prefix: str) -> None:
        """Remove everything below a prefix that ends with a slash, also what is no object. Raises Unavailable."""
        ...

    def remove_leftovers(self, older_than: float) -> int:
        """Delete what writers that were killed left behind and nobody can reach by a key; returns how much.

        Args:
            older_than: Unix seconds; what changed later may still be written.
        """
        ...

    def copy(self, source_key: str, target_key: str) -> StoredObject:
        """The bytes as they are read once, checked, atomic at the target. Raises NotFound, CorruptObject."""
        ...

    def signed_url(
        self,
        key: str,
        *,
        org_id: str,
        method: Literal["GET", "PUT"] = "GET",
        expires_in_s: int = 900,
        filename: str | None = None,
    ) -> str:
        """A URL that allows one method on one key of one org for at most 900 s."""
        ...

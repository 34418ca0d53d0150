"""The object store on any S3-compatible server, through boto3.

sha256 travels as object metadata and is checked on read. Request checksums beyond SigV4 stay off, as several servers do
not know them. What must not live here: keys (`keys.py`) and the choice of a store (`select.py`).
"""

import hashlib
import io
import mimetypes
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO, Literal, cast

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from sgd_resources.errors import InvalidInput, NotFound, SgdError, StorageFull, Unavailable
from sgd_resources.ports import StoredObject
from sgd_resources.storage.checked_stream import CheckedStream
from sgd_resources.storage.keys import is_key, org_prefix, say_passed_over, validate_key
from sgd_resources.storage.signing import UrlSigner, check_grant, content_disposition

_SHA256_METADATA = "sha256"
_SPOOL_BYTES = 8 << 20
_BLOCK_BYTES = 1 << 20
_ABSENT = {"404", "NoSuchKey", "NotFound"}
_FULL = {"507", "InsufficientStorage", "QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded"}
_REFUSED = {"401", "403", "AccessDenied", "SignatureDoesNotMatch", "InvalidAccessKeyId", "Forbidden"}


def build_s3_client(*, endpoint_url: str, region: str, access_key_id: str, secret_access_key: str) -> Any:
    """A boto3 S3 client: path-style addresses, SigV4, bounded time and retries."""
    return boto3.client(
        "s3",
        endpoint_url=endpoint_url,
        region_name=region,
        aws_access_key_id=access_key_id,
        aws_secret_access_key=secret_access_key,
        config=Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            # boto3's default CRC trailers are refused by servers that know only SigV4.
            # Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-dataintegrity.html (2026-11)
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            retries={"mode": "standard", "total_max_attempts": 4},
            connect_timeout=5,
            read_timeout=60,
            max_pool_connections=32,
        ),
    )


class S3ObjectStore:
    """ObjectStore on one bucket.

    Args:
        client: from `build_s3_client`.
        bucket: exists already.
        cdn: signs downloads of public objects for the host before the bucket (`deploy/cdn`); None: the bucket itself.
    """

    def __init__(self, client: Any, *, bucket: str, cdn: UrlSigner | None = None) -> None:
        self._client = client
        self._bucket = bucket
        self._cdn = cdn

    def put(self, key: str, data: bytes | BinaryIO, *, content_type: str = "application/octet-stream") -> StoredObject:
        """Write in one request, so that a reader sees all or nothing. See ObjectStore.put."""
        validate_key(key)
        if isinstance(data, bytes):
            return self._put_file(key, io.BytesIO(data), content_type)
        if data.seekable():
            return self._put_file(key, data, content_type)
        writer = self.writer(key, content_type=content_type)
        try:
            while block := data.read(_BLOCK_BYTES):
                writer.write(block)
            return writer.commit()
        finally:
            writer.abort()

    def writer(self, key: str, *, content_type: str = "application/octet-stream") -> "S3Writer":
        """Write an object block by block. See ObjectStore.writer."""
        return S3Writer(self, validate_key(key), content_type)

    def get(self, key: str) -> bytes:
        """The whole object, checked. See ObjectStore.get."""
        with self.open(key) as stream:
            return stream.read()

    def open(self, key: str) -> BinaryIO:
        """A stream that raises CorruptObject at its end when the bytes changed. See ObjectStore.open."""
        validate_key(key)
        with _translated(key):
            answer = self._client.get_object(Bucket=self._bucket, Key=key)
        return _checked(answer, key)

    def stat(self, key: str) -> StoredObject | None:
        """Size, time, type and recorded hash. See ObjectStore.stat."""
        validate_key(key)
        try:
            with _translated(key):
                head = self._client.head_object(Bucket=self._bucket, Key=key)
        except NotFound:
            return None
        return StoredObject(
            key,
            int(head["ContentLength"]),
            _recorded_sha256(head),
            head.get("ContentType"),
            head["LastModified"].timestamp(),
        )

    def list(self, prefix: str, *, passed_over: Callable[[str], object] | None = None) -> Iterator[StoredObject]:
        """Objects below a prefix, ordered by key; without hashes. See ObjectStore.list."""
        if "\x00" in prefix or prefix.startswith("/"):
            raise InvalidInput("a prefix is a relative path")
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
        iterator = iter(pages)
        while True:
            with _translated(prefix):
                page = next(iterator, None)
            if page is None:
                return
            for item in page.get("Contents", []):
                if not is_key(item["Key"].removesuffix("/")):
                    (passed_over or say_passed_over)(item["Key"])
                elif not item["Key"].endswith("/"):
                    yield StoredObject(item["Key"], int(item["Size"]), None, None, item["LastModified"].timestamp())

    def folders(self, prefix: str) -> Sequence[str]:
        """Names of the folders right below a prefix that ends with '/', sorted. See ObjectStore.folders."""
        validate_key(prefix.rstrip("/"))
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=prefix, Delimiter="/"
        )
        with _translated(prefix):
            found = [common["Prefix"] for page in pages for common in page.get("CommonPrefixes", [])]
        return sorted(name.removeprefix(prefix).rstrip("/") for name in found)

    def delete(self, key: str) -> None:
        """Remove; no error when it is not there. See ObjectStore.delete."""
        validate_key(key)
        try:
            with _translated(key):
                self._client.delete_object(Bucket=self._bucket, Key=key)
        except NotFound:
            return

    def remove_prefix(self, prefix: str) -> None:
        """Delete a thousand at a time. See ObjectStore.remove_prefix."""
        with _translated(prefix):
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
            for page in pages:
                if names := [{"Key": one["Key"]} for one in page.get("Contents", ())]:
                    answer = self._client.delete_objects(Bucket=self._bucket, Delete={"Objects": names, "Quiet": True})
                    if answer.get("Errors"):
                        raise Unavailable("the object store kept some objects that were to be deleted")

    def remove_leftovers(self, older_than: float) -> int:
        """0: an object is sent in one request, so that a killed writer leaves nothing. See ObjectStore."""
        return 0

    def copy(self, source_key: str, target_key: str) -> StoredObject:
        """Copy the bytes, checked on the way. See ObjectStore.copy."""
        validate_key(source_key)
        validate_key(target_key)
        # Through this process: a copy on the server would put the hash that was asked for first on the bytes that lie
        # there a moment later.
        with _translated(source_key):
            answer = self._client.get_object(Bucket=self._bucket, Key=source_key)
        with _checked(answer, source_key) as stream:
            return self.put(target_key, stream, content_type=answer.get("ContentType") or "application/octet-stream")

    def signed_url(
        self,
        key: str,
        *,
        org_id: str,
        method: Literal["GET", "PUT"] = "GET",
        expires_in_s: int = 900,
        filename: str | None = None,
    ) -> str:
        """A presigned URL; a download is always an attachment. See ObjectStore.signed_url."""
        check_grant(key, org_id=org_id, method=method, expires_in_s=expires_in_s)
        if self._cdn is not None and method == "GET" and key.startswith(f"{org_prefix(org_id)}public/"):
            return self._cdn.sign(key, org_id=org_id, expires_in_s=expires_in_s, filename=filename)
        params: dict[str, Any] = {"Bucket": self._bucket, "Key": key}
        if method == "GET":
            guessed, _ = mimetypes.guess_type(filename or key)
            params["ResponseContentDisposition"] = content_disposition(filename)
            params["ResponseContentType"] = guessed or "application/octet-stream"
        operation = "get_object" if method == "GET" else "put_object"
        with _translated(key):
            return str(self._client.generate_presigned_url(operation, Params=params, ExpiresIn=expires_in_s))

    def check(self) -> None:
        """Nothing when the bucket answers. Raises Unavailable."""
        with _translated(""):
            self._client.head_bucket(Bucket=self._bucket)

    def _put_file(self, key: str, source: BinaryIO, content_type: str) -> StoredObject:
        start = source.tell()
        digest = hashlib.sha256()
        while block := source.read(_BLOCK_BYTES):
            digest.update(block)
        size = source.tell() - start
        source.seek(start)
        sha256 = digest.hexdigest()
        with _translated(key):
            self._client.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=source,
                ContentLength=size,
                ContentType=content_type,
                Metadata={_SHA256_METADATA: sha256},
            )
        return StoredObject(key, size, sha256, content_type)


class S3Writer:
    """One object in the making, spooled: its hash goes into the request's head, before the first byte is sent."""

    def __init__(self, store: S3ObjectStore, key: str, content_type: str) -> None:
        self._store, self._key, self._content_type = store, key, content_type
        self._spool = tempfile.SpooledTemporaryFile(max_size=_SPOOL_BYTES)  # noqa: SIM115  # closed by `abort`

    def write(self, block: bytes) -> None:
        """Append a block. See ObjectWriter.write."""
        try:
            self._spool.write(block)
        except OSError as error:
            raise StorageFull("no room to buffer an upload", retry_after_s=60, details={"key": self._key}) from error

    def commit(self) -> StoredObject:
        """Send it. See ObjectWriter.commit."""
        self._spool.seek(0)
        stored = self._store._put_file(self._key, cast(BinaryIO, self._spool), self._content_type)
        self._spool.close()
        return stored

    def abort(self) -> None:
        """Forget what was spooled. See ObjectWriter.abort."""
        self._spool.close()


def _checked(answer: dict[str, Any], key: str) -> BinaryIO:
    """The body of one answer, checked against the hash that came with that very answer."""
    sha256 = _recorded_sha256(answer)
    body = cast(BinaryIO, _TranslatedBody(answer["Body"], key))
    return io.BufferedReader(CheckedStream(body, key=key, sha256s=(sha256,) if sha256 else ()), _BLOCK_BYTES)


class _TranslatedBody:
    """botocore's response body with our errors."""

    def __init__(self, body: Any, key: str) -> None:
        self._body = body
        self._key = key

    def read(self, size: int = -1) -> bytes:
        with _translated(self._key):
            return bytes(self._body.read(None if size < 0 else size))

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError("a network stream has no position")

    def close(self) -> None:
        self._body.close()


@contextmanager
def _translated(key: str) -> Iterator[None]:
    details = {"key": key} if key else {}
    try:
        yield
    except ClientError as error:
        raise _error_of(error, details) from error
    except BotoCoreError as error:
        raise Unavailable(f"the object store cannot be reached ({type(error).__name__})", details=details) from error


def _error_of(error: ClientError, details: dict[str, Any]) -> SgdError:
    code = _code(error)
    if code in _ABSENT:
        return NotFound("no such object", details=details)
    if code in _FULL:
        return StorageFull("the object store has no room left", retry_after_s=60, details=details)
    if code in _REFUSED:
        return Unavailable("the object store refuses our credentials", retry_after_s=60, details=details)
    if code == "NoSuchBucket":
        return Unavailable("the object store's bucket does not exist", retry_after_s=60, details=details)
    return Unavailable(f"the object store failed ({code})", details=details)


def _recorded_sha256(answer: dict[str, Any]) -> str | None:
    # Header names have no case; some servers answer `Sha256` for the `sha256` they were given.
    metadata = {name.lower(): value for name, value in answer.get("Metadata", {}).items()}
    return metadata.get(_SHA256_METADATA)


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", "unknown"))

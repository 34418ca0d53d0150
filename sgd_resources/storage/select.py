"""Chooses the object store by settings: S3 when `S3_ENDPOINT_URL` is set, else local disk under `var/objects`.

Also keeps the signing key of local URLs. What must not live here: how either store works.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from sgd_resources.errors import InvalidInput, Unavailable
from sgd_resources.settings import Settings
from sgd_resources.storage.local import LocalObjectStore
from sgd_resources.storage.signing import UrlSigner

if TYPE_CHECKING:
    from sgd_resources.storage.s3 import S3ObjectStore

_KEY_FILE = "signing.key"
_KEY_BYTES = 32


def build_object_store(settings: Settings) -> "LocalObjectStore | S3ObjectStore":
    """The object store these settings ask for; makes no call to it.

    Raises:
        InvalidInput: S3 without credentials, or production on local disk without `SGD_SIGNING_KEY`.
    """
    if settings.s3_endpoint_url:
        from sgd_resources.storage.s3 import S3ObjectStore, build_s3_client

        if settings.aws_access_key_id is None or settings.aws_secret_access_key is None:
            raise InvalidInput("S3_ENDPOINT_URL needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
        client = build_s3_client(
            endpoint_url=settings.s3_endpoint_url,
            region=settings.s3_region,
            access_key_id=settings.aws_access_key_id.get_secret_value(),
            secret_access_key=settings.aws_secret_access_key.get_secret_value(),
        )
        return S3ObjectStore(client, bucket=settings.s3_bucket, cdn=_cdn_signer(settings))
    return LocalObjectStore(settings.var_dir / "objects", signer=build_url_signer(settings))


def _cdn_signer(settings: Settings) -> UrlSigner | None:
    secret = settings.cloudflare_worker_signer_secret
    if settings.sgd_cdn_url is None or secret is None:
        return None
    return UrlSigner(secret.get_secret_value().encode("utf-8"), base_url=settings.sgd_cdn_url)


def build_url_signer(settings: Settings) -> UrlSigner:
    """The signer of local URLs; the API's `/assets/` route verifies with the same one.

    Raises:
        InvalidInput: the key is too short, or unset in production.
        Unavailable: the key file under `var/` cannot be read or made. Retry after mending the disk.
    """
    host = "127.0.0.1" if settings.sgd_api_host in ("0.0.0.0", "::") else settings.sgd_api_host  # noqa: S104  # compared, not bound
    base_url = settings.sgd_public_url or f"http://{host}:{settings.sgd_api_port}"
    return UrlSigner(signing_secret(settings), base_url=base_url)


def signing_secret(settings: Settings) -> bytes:
    """The installation's key. Raises InvalidInput: production without one. Unavailable: its file cannot be used."""
    if settings.sgd_signing_key is not None:
        return settings.sgd_signing_key.get_secret_value().encode("utf-8")
    if settings.is_production:
        raise InvalidInput("production on local disk needs SGD_SIGNING_KEY (32 bytes or more)")
    return load_or_make_key(settings.var_dir / _KEY_FILE)


def load_or_make_key(path: Path) -> bytes:
    """The key in `path` (mode 0600), made there once; of processes that start together all get the same one.

    Raises:
        Unavailable: the file cannot be read or made.
    """
    try:
        with suppress(FileNotFoundError):
            return _read_key(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        temp = path.with_name(f".{path.name}.{uuid4().hex}")
        descriptor = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as sink:
                sink.write(secrets.token_hex(_KEY_BYTES).encode("ascii"))
                sink.flush()
                os.fsync(sink.fileno())
            # A link, unlike a rename, fails when another process was first: then its key is the key.
            with suppress(FileExistsError):
                os.link(temp, path)
        finally:
            temp.unlink()
        return _read_key(path)
    except OSError as error:
        raise Unavailable(f"the signing key file cannot be used: {error.strerror}") from error


def _read_key(path: Path) -> bytes:
    key = path.read_bytes().strip()
    if len(key) < _KEY_BYTES:
        raise Unavailable("the signing key file is damaged; remove it and start again")
    return key

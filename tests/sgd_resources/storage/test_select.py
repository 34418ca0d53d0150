"""Settings choose the store; the signing key is made once."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from pydantic import SecretStr

from sgd_resources.errors import InvalidInput, Unavailable
from sgd_resources.settings import Settings
from sgd_resources.storage.local import LocalObjectStore
from sgd_resources.storage.s3 import S3ObjectStore
from sgd_resources.storage.select import build_object_store, build_url_signer, load_or_make_key
from sgd_resources.storage.signing import UrlSigner


def test_without_an_endpoint_objects_lie_under_var(tmp_path: Path) -> None:
    store = build_object_store(Settings(sgd_var_dir=tmp_path))
    assert isinstance(store, LocalObjectStore)
    store.put("org/acme/x", b"1")
    assert (tmp_path / "objects/org/acme/x").read_bytes() == b"1"


@pytest.mark.slow
def test_with_an_endpoint_it_is_s3() -> None:
    settings = Settings(
        s3_endpoint_url="http://127.0.0.1:1", aws_access_key_id=SecretStr("a"), aws_secret_access_key=SecretStr("b")
    )
    assert isinstance(build_object_store(settings), S3ObjectStore)


@pytest.mark.slow
def test_with_a_cdn_public_pictures_have_its_host_and_everything_else_the_buckets() -> None:
    settings = Settings(
        s3_endpoint_url="http://127.0.0.1:1",
        aws_access_key_id=SecretStr("a"),
        aws_secret_access_key=SecretStr("b"),
        sgd_cdn_url="https://cdn.example",
        cloudflare_worker_signer_secret=SecretStr("c" * 32),
    )
    store = build_object_store(settings)
    url = store.signed_url("org/acme/public/one.png", org_id="acme", filename="one.png")
    query = dict(parse_qsl(urlsplit(url).query))
    assert url.startswith("https://cdn.example/assets/org/acme/public/one.png?")
    verified = UrlSigner(b"c" * 32).verify("org/acme/public/one.png", query, method="GET")
    assert verified.filename == "one.png"
    assert store.signed_url("org/acme/other.json", org_id="acme").startswith("http://127.0.0.1:1/")
    assert store.signed_url("org/acme/public/one.png", org_id="acme", method="PUT").startswith("http://127.0.0.1:1/")


def test_a_cdn_without_its_key_or_without_a_bucket_is_refused() -> None:
    with pytest.raises(ValueError, match="CLOUDFLARE_WORKER_SIGNER_SECRET"):
        Settings(sgd_cdn_url="https://cdn.example", s3_endpoint_url="http://127.0.0.1:1")
    with pytest.raises(ValueError, match="S3_ENDPOINT_URL"):
        Settings(sgd_cdn_url="https://cdn.example", cloudflare_worker_signer_secret=SecretStr("c" * 32))


def test_s3_without_credentials_is_refused() -> None:
    with pytest.raises(InvalidInput):
        build_object_store(Settings(s3_endpoint_url="http://127.0.0.1:1", aws_access_key_id=None))


def test_two_signers_of_one_machine_agree(tmp_path: Path) -> None:
    settings = Settings(sgd_var_dir=tmp_path, sgd_public_url="https://sgd.example")
    url = build_url_signer(settings).sign("org/acme/x", org_id="acme")
    query = dict(pair.split("=", 1) for pair in url.partition("?")[2].split("&"))
    assert url.startswith("https://sgd.example/assets/org/acme/x?")
    assert build_url_signer(settings).verify("org/acme/x", query, method="GET").org_id == "acme"


def test_production_needs_its_own_key(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        build_object_store(Settings(sgd_env="production", sgd_var_dir=tmp_path))
    build_object_store(Settings(sgd_env="production", sgd_var_dir=tmp_path, sgd_signing_key=SecretStr("k" * 32)))


def test_processes_that_start_together_get_one_key(tmp_path: Path) -> None:
    path = tmp_path / "var" / "signing.key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: load_or_make_key(path), range(16)))
    assert len(keys) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["signing.key"]


def test_a_damaged_key_is_not_replaced_silently(tmp_path: Path) -> None:
    (tmp_path / "signing.key").write_bytes(b"")
    with pytest.raises(Unavailable):
        load_or_make_key(tmp_path / "signing.key")

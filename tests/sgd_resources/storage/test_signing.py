"""A signed URL allows exactly what was signed, for exactly as long."""

from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgd_resources.errors import Forbidden, InvalidInput
from sgd_resources.storage.signing import UrlSigner, content_disposition

SECRET = b"0123456789abcdef0123456789abcdef"
KEY = "org/acme/public/renders/1/0.png"
NOW = 1_800_000_000.0


def signer(now: float = NOW, secret: bytes = SECRET) -> UrlSigner:
    return UrlSigner(secret, base_url="http://api.test/", clock=lambda: now)


def parts(url: str) -> tuple[str, dict[str, str]]:
    split = urlsplit(url)
    return unquote(split.path.removeprefix("/assets/")), dict(parse_qsl(split.query, keep_blank_values=True))


def reason_of(key: str, query: dict[str, str], *, method: str = "GET", by: UrlSigner | None = None) -> str:
    with pytest.raises(Forbidden) as caught:
        (by or signer()).verify(key, query, method=method)
    return str(caught.value.details["reason"])


segments = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="/\\"), min_size=1, max_size=20)


@given(
    name=segments.filter(lambda s: s not in (".", "..")),
    method=st.sampled_from(["GET", "PUT"]),
    ttl=st.integers(1, 900),
    filename=st.none() | st.text(st.characters(codec="utf-8"), max_size=40),
)
def test_what_was_signed_verifies(name: str, method: Literal["GET", "PUT"], ttl: int, filename: str | None) -> None:
    url = signer().sign(f"org/acme/public/{name}", org_id="acme", method=method, expires_in_s=ttl, filename=filename)
    key, query = parts(url)
    grant = signer().verify(key, query, method=method)
    assert (grant.key, grant.org_id, grant.method, grant.filename) == (
        f"org/acme/public/{name}",
        "acme",
        method,
        filename,
    )
    assert grant.expires_at == NOW + ttl


@given(
    field=st.sampled_from(["org", "method", "expires", "filename", "signature"]),
    value=st.text(max_size=20),
)
def test_a_changed_field_is_refused(field: str, value: str) -> None:
    key, query = parts(signer().sign(KEY, org_id="acme", filename="a.png"))
    if query[field] == value:
        return
    assert reason_of(key, {**query, field: value}) in {"tampered", "malformed"}


@given(st.integers(0, 200), st.characters(codec="utf-8"))
def test_a_changed_key_is_refused(position: int, character: str) -> None:
    key, query = parts(signer().sign(KEY, org_id="acme"))
    changed = key[: position % len(key)] + character + key[position % len(key) + 1 :]
    if changed != key:
        assert reason_of(changed, query) in {"tampered", "malformed"}


def test_a_url_ends_with_its_time() -> None:
    key, query = parts(signer().sign(KEY, org_id="acme", expires_in_s=10))
    assert signer(NOW + 9.9).verify(key, query, method="GET").key == KEY
    assert reason_of(key, query, by=signer(NOW + 10)) == "expired"


def test_head_is_a_get_and_put_is_not() -> None:
    key, query = parts(signer().sign(KEY, org_id="acme"))
    assert signer().verify(key, query, method="HEAD").method == "GET"
    assert reason_of(key, query, method="PUT") == "wrong_method"
    assert reason_of(key, query, method="DELETE") == "wrong_method"


def test_another_secret_signs_nothing_here() -> None:
    key, query = parts(signer(secret=b"x" * 32).sign(KEY, org_id="acme"))
    assert reason_of(key, query) == "tampered"


def test_an_unsigned_url_says_so() -> None:
    assert reason_of(KEY, {}) == "missing"
    assert reason_of("../etc/passwd", {"org": "acme", "method": "GET", "expires": "1", "signature": ""}) == "malformed"


def test_a_removed_filename_is_noticed() -> None:
    key, query = parts(signer().sign(KEY, org_id="acme", filename=""))
    del query["filename"]
    assert reason_of(key, query) == "tampered"


def test_what_may_not_be_signed_is_refused() -> None:
    for ttl in (0, -1, 901):
        with pytest.raises(InvalidInput):
            signer().sign(KEY, org_id="acme", expires_in_s=ttl)
    with pytest.raises(Forbidden):
        signer().sign(KEY, org_id="acme2")
    with pytest.raises(Forbidden):
        signer().sign(KEY, org_id="ac")
    with pytest.raises(InvalidInput):
        signer().sign("org/acme/../other/x", org_id="acme")
    with pytest.raises(InvalidInput):
        UrlSigner(b"short")


@given(st.text(max_size=60))
def test_a_disposition_is_one_safe_header_line(filename: str) -> None:
    header = content_disposition(filename)
    assert header.startswith("attachment")
    assert header.isascii()
    assert not set(header) & set("\r\n\x00")
    assert header.count('"') in (0, 2)


def test_a_name_in_any_script_survives() -> None:
    assert content_disposition("../Größe 图.pdf").endswith("filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%E5%9B%BE.pdf")

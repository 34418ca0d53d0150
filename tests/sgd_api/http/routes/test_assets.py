"""Signed pictures: served as attachments that nobody sniffs, refused in every other way."""

from dataclasses import replace
from urllib.parse import quote

import httpx
import pytest

from sgd_api.http.services import Services
from sgd_resources.storage.local import LocalObjectStore
from sgd_resources.storage.signing import UrlSigner
from tests.sgd_api.conftest import BASE_URL, serving
from tests.sgd_api.doubles import PNG, sha256

KEY = "org/acme/public/renders/3f8a1b52-6d0e-4c1c-9d3b-1f2e3d4c5b6a/0.png"


@pytest.fixture
def url(store: LocalObjectStore) -> str:
    store.put(KEY, PNG, content_type="image/png")
    return store.signed_url(KEY, org_id="acme", filename='ba"nner ü.png')


async def test_a_signed_picture_is_served_without_a_key_as_an_attachment(
    anonymous: httpx.AsyncClient, url: str
) -> None:
    answer = await anonymous.get(url)
    assert (answer.status_code, answer.content) == (200, PNG)
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert "filename*=UTF-8''" in answer.headers["content-disposition"]
    assert answer.headers["content-length"] == str(len(PNG))
    assert answer.headers["etag"] == f'"{sha256(PNG)}"'
    assert (await anonymous.get(url, headers={"If-None-Match": answer.headers["etag"]})).status_code == 304
    head = await anonymous.head(url)
    assert (head.status_code, head.content) == (200, b"")


async def test_a_tampered_url_is_a_403(anonymous: httpx.AsyncClient, url: str) -> None:
    wrong = [
        url.replace("acme", "globex"),
        url.replace("0.png", "1.png", 1),
        url.replace("expires=", "expires=9"),
        url.replace("method=GET", "method=PUT"),
        url[:-2],
        url.partition("?")[0],
        url + "&org=globex",
    ]
    for tampered in wrong[:-1]:
        answer = await anonymous.get(tampered)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "FORBIDDEN"), tampered
    assert (await anonymous.get(wrong[-1])).status_code == 403


async def test_after_its_expiry_a_url_is_a_403(app_services: Services, url: str) -> None:
    late = UrlSigner(b"k" * 32, base_url=BASE_URL, clock=lambda: 4_000_000_000.0)
    async with serving(replace(app_services, signer=late)) as client:
        answer = await client.get(url)
    assert answer.status_code == 403
    assert answer.json()["error"]["details"] == {"reason": "expired"}


async def test_only_public_objects_are_handed_out_even_when_signed(
    anonymous: httpx.AsyncClient, store: LocalObjectStore
) -> None:
    store.put("org/acme/quarantine/evil", b"x")
    signed = store.signed_url("org/acme/quarantine/evil", org_id="acme")
    assert (await anonymous.get(signed)).status_code == 404


async def test_an_active_type_is_served_as_plain_bytes(anonymous: httpx.AsyncClient, store: LocalObjectStore) -> None:
    store.put(KEY, b"<script>", content_type="text/html")
    answer = await anonymous.get(store.signed_url(KEY, org_id="acme"))
    assert answer.headers["content-type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["content-security-policy"]


async def test_a_signed_object_that_is_gone_is_a_404(anonymous: httpx.AsyncClient, store: LocalObjectStore) -> None:
    assert (await anonymous.get(store.signed_url(KEY, org_id="acme"))).status_code == 404


@pytest.mark.parametrize(
    "key", ["", "..", "../../etc/passwd", "org/acme/../globex/x", "\x00", "/etc/passwd", "x" * 3000]
)
async def test_a_key_that_is_no_key_is_refused(anonymous: httpx.AsyncClient, key: str) -> None:
    query = "?org=acme&method=GET&expires=4000000000&signature=x"
    # A client tidies `/assets/..` away before it sends it; this one does not.
    path = f"/assets/{quote(key, safe='')}".replace("/..", "/%2E%2E")
    answer = await anonymous.get(f"{path}{query}")
    assert answer.status_code in (403, 404)


@pytest.mark.parametrize(
    ("asked", "content", "content_range"),
    [
        ("bytes=0-3", PNG[:4], f"bytes 0-3/{len(PNG)}"),
        ("bytes=8-", PNG[8:], f"bytes 8-{len(PNG) - 1}/{len(PNG)}"),
        ("bytes=-5", PNG[-5:], f"bytes {len(PNG) - 5}-{len(PNG) - 1}/{len(PNG)}"),
        ("bytes=0-99999", PNG, f"bytes 0-{len(PNG) - 1}/{len(PNG)}"),
        ("bytes=-99999", PNG, f"bytes 0-{len(PNG) - 1}/{len(PNG)}"),
    ],
)
async def test_one_range_is_a_206(
    anonymous: httpx.AsyncClient, url: str, asked: str, content: bytes, content_range: str
) -> None:
    answer = await anonymous.get(url, headers={"Range": asked})
    assert (answer.status_code, answer.content) == (206, content)
    assert answer.headers["content-range"] == content_range
    assert answer.headers["content-length"] == str(len(content))
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("asked", ["bytes=9999-", "bytes=-0", f"bytes={len(PNG)}-{len(PNG)}"])
async def test_a_range_without_a_byte_is_a_416_that_says_the_size(
    anonymous: httpx.AsyncClient, url: str, asked: str
) -> None:
    answer = await anonymous.get(url, headers={"Range": asked})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(PNG)}"
    assert answer.json()["error"]["details"] == {"size_bytes": len(PNG)}


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "bytes=5-2", "bytes=-", "lines=0-3", "bytes=a-b", "bytes", "0-3"])
async def test_any_other_range_gives_the_whole_picture(anonymous: httpx.AsyncClient, url: str, asked: str) -> None:
    answer = await anonymous.get(url, headers={"Range": asked})
    assert (answer.status_code, answer.content) == (200, PNG)
    assert answer.headers["accept-ranges"] == "bytes"


async def test_a_range_of_what_has_changed_meanwhile_gives_the_whole_picture(
    anonymous: httpx.AsyncClient, url: str
) -> None:
    etag = f'"{sha256(PNG)}"'
    same = await anonymous.get(url, headers={"Range": "bytes=0-3", "If-Range": etag})
    other = await anonymous.get(url, headers={"Range": "bytes=0-3", "If-Range": '"older"'})
    assert (same.status_code, other.status_code) == (206, 200)


@pytest.mark.parametrize(("tags", "status"), [("*", 304), ('W/"x", W/{etag}', 304), ('"x", "y"', 206)])
async def test_if_none_match_takes_a_list_of_tags(
    anonymous: httpx.AsyncClient, url: str, tags: str, status: int
) -> None:
    asked = tags.replace("{etag}", f'"{sha256(PNG)}"')
    answer = await anonymous.get(url, headers={"If-None-Match": asked, "Range": "bytes=0-3"})
    assert answer.status_code == status


async def test_a_picture_longer_than_a_block_arrives_whole_and_in_parts(
    anonymous: httpx.AsyncClient, store: LocalObjectStore
) -> None:
    data = bytes(range(256)) * 2048
    store.put(KEY, data, content_type="image/png")
    url = store.signed_url(KEY, org_id="acme")
    assert (await anonymous.get(url)).content == data
    assert (await anonymous.get(url, headers={"Range": "bytes=1000-400000"})).content == data[1000:400001]

"""The CDN's worker, run in Node: what the API signs it serves, and nothing else. No edge of a vendor is here."""

import json
import shutil
import subprocess
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from sgd_resources.storage.signing import UrlSigner, content_disposition
from tests.deploy.files import DEPLOY, ROOT

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="no Node on this machine to run the worker in")
SECRET, EARLIER = "a" * 40, "b" * 40
HOST = "https://cdn.example.com"
KEY = "org/acme/public/renders/one/0.png"
OBJECTS = {
    KEY: {"text": "picture", "type": "image/png"},
    "org/acme/public/page.html": {"text": "<script>", "type": "text/html"},
    "org/acme/private/canon.json": {"text": "{}", "type": "application/json"},
}


def run(*requests: dict[str, Any] | str, **secrets: str) -> dict[str, Any]:
    asked = [{"url": each} if isinstance(each, str) else each for each in requests]
    told = {
        "worker": (DEPLOY / "cdn" / "worker.mjs").as_uri(),
        "objects": OBJECTS,
        "secrets": secrets or {"SIGNER_SECRET": SECRET},
        "requests": asked,
    }
    command = ["node", "--no-warnings", str(ROOT / "tests" / "deploy" / "cdn_harness.mjs")]
    done = subprocess.run(command, input=json.dumps(told), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def statuses(*requests: dict[str, Any] | str, **secrets: str) -> list[int]:
    return [answer["status"] for answer in run(*requests, **secrets)["answers"]]


def signed(key: str = KEY, secret: str = SECRET, **how: Any) -> str:
    return UrlSigner(secret.encode(), base_url=HOST).sign(key, **{"org_id": "acme", **how})


def with_query(url: str, **changes: str | None) -> str:
    parts = urlsplit(url)
    query = {**dict(parse_qsl(parts.query)), **changes}
    return parts._replace(query=urlencode({key: value for key, value in query.items() if value is not None})).geturl()


@pytest.mark.parametrize("filename", [None, "poster.png", 'ü "quoted" \\ é.png', "ポスター 😀.png", "a\x7fb?c%d.png"])
def test_what_the_api_signs_is_served_as_the_api_would(filename: str | None) -> None:
    [answer] = run(signed(filename=filename))["answers"]
    assert (answer["status"], answer["text"]) == (200, "picture")
    assert answer["headers"]["content-type"] == "image/png"
    assert answer["headers"]["x-content-type-options"] == "nosniff"
    assert answer["headers"]["cache-control"] == "private, max-age=300"
    wanted = content_disposition(filename or "0.png")
    assert answer["headers"]["content-disposition"].rpartition("filename*=")[2] == wanted.rpartition("filename*=")[2]


def test_any_change_of_a_signed_url_is_refused() -> None:
    url = signed(filename="poster.png")
    changed = [
        with_query(url, org="globex"), with_query(url, method="PUT"), with_query(url, expires="99999999999"),
        with_query(url, filename="other.png"), with_query(url, filename=None), with_query(url, signature=None),
        with_query(url, signature="A" * 43), with_query(url, signature="short"), url.replace("0.png", "1.png"),
        url.replace("/assets/", "/other/"), url.replace("acme/public", "acme/public/../private"),
        HOST + "/assets/" + KEY,
    ]  # fmt: skip
    assert statuses(*changed) == [403] * len(changed)


def test_it_ends_when_it_says_and_another_secret_signs_nothing() -> None:
    late = UrlSigner(SECRET.encode(), base_url=HOST, clock=lambda: 1_000_000_000.0).sign(KEY, org_id="acme")
    early = UrlSigner(SECRET.encode(), base_url=HOST, clock=lambda: 9_000_000_000.0).sign(KEY, org_id="acme")
    assert statuses(late, early, signed(secret="c" * 40)) == [403, 403, 403]


def test_a_secret_is_replaced_without_a_gap_and_an_empty_one_opens_nothing() -> None:
    both = {"SIGNER_SECRET": SECRET, "SIGNER_SECRET_PREVIOUS": EARLIER}
    assert statuses(signed(), signed(secret=EARLIER), **both) == [200, 200]
    assert statuses(signed(secret=EARLIER)) == [403]
    assert statuses(signed(), SIGNER_SECRET="") == [403]


def test_only_public_objects_are_handed_out_and_only_read() -> None:
    private = signed("org/acme/private/canon.json")
    assert statuses(private, signed("org/acme/public/none.png")) == [404, 404]
    put = signed(method="PUT")
    assert statuses({"url": put, "method": "PUT"}, put, {"url": signed(), "method": "DELETE"}) == [405, 403, 405]


def test_a_page_is_never_opened_as_one() -> None:
    [answer] = run(signed("org/acme/public/page.html"))["answers"]
    assert answer["headers"]["content-type"] == "application/octet-stream"
    assert answer["headers"]["content-disposition"].startswith("attachment")
    assert "sandbox" in answer["headers"]["content-security-policy"]


def test_the_bucket_is_asked_once_and_each_signature_every_time() -> None:
    found = run(signed(), signed(filename="b.png"), {"url": signed(), "method": "HEAD"}, with_query(signed(), org="x"))
    assert [answer["status"] for answer in found["answers"]] == [200, 200, 200, 403]
    assert found["fetched"] == 1
    assert found["answers"][2]["text"] == ""
    [same] = run({"url": signed(), "headers": {"If-None-Match": '"e"'}})["answers"]
    assert (same["status"], same["text"]) == (304, "")

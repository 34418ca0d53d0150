"""Extension, declared type and content must tell the same story; the content decides."""

import pytest

from sgd_assets.evidence.agreement import agreed_type, file_extension
from sgd_assets.evidence.policy import upload_policy
from sgd_resources.errors import RejectedEvidence
from sgd_resources.ports.examination import Detection

POLICY = upload_policy()
TEXT = Detection("text/plain", is_text=True)


def agreed(detection: Detection, name: str, declared: str | None = None) -> str:
    return agreed_type(detection, file_name=name, declared_type=declared, policy=POLICY)


def reason(detection: Detection, name: str, declared: str | None = None) -> str:
    with pytest.raises(RejectedEvidence) as caught:
        agreed(detection, name, declared)
    return caught.value.reason


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("_brand.scss", "text/css"), ("voice.html.md", "text/markdown"), ("page.mdx", "text/markdown"),
        ("colour.njk.html", "text/html"), ("tokens.json", "application/json"), ("brand.tokens", "application/json"),
        ("colours.csv", "text/plain"), ("brand.styl", "text/css"), ("NOTES.TXT", "text/plain"),
    ],
)  # fmt: skip
def test_text_takes_its_type_from_the_last_extension(name: str, media_type: str) -> None:
    assert agreed(TEXT, name) == media_type


def test_a_signature_must_match_the_extension() -> None:
    assert agreed(Detection("image/png"), "logo.PNG") == "image/png"
    assert reason(Detection("image/png"), "logo.jpg") == "mime_mismatch"
    assert reason(Detection("image/svg+xml", is_text=True), "logo.png") == "mime_mismatch"
    assert reason(Detection("text/html", is_text=True), "logo.svg") == "mime_mismatch"
    assert reason(Detection("text/html", is_text=True), "notes.txt") == "mime_mismatch"
    assert reason(TEXT, "logo.svg") == "mime_mismatch"


def test_what_nobody_knows_is_malformed() -> None:
    assert reason(Detection("application/octet-stream"), "a.png") == "malformed"


@pytest.mark.parametrize("name", ["a.exe", "a", "", "....", ".png", "a.docm", "a.gz"])
def test_what_is_not_on_the_list_is_no_type(name: str) -> None:
    assert reason(TEXT, name) == "type"


@pytest.mark.parametrize("declared", [None, "", "application/octet-stream", "image/png", "IMAGE/PNG; charset=x"])
def test_a_declared_type_may_say_nothing_or_agree(declared: str | None) -> None:
    assert agreed(Detection("image/png"), "a.png", declared) == "image/png"


def test_a_declared_type_may_not_contradict() -> None:
    assert reason(Detection("image/png"), "a.png", "text/html") == "mime_mismatch"


def test_encrypted_office_says_so_whatever_its_name() -> None:
    assert reason(Detection("application/x-encrypted-office"), "a.docx") == "encrypted"


@pytest.mark.parametrize(("name", "extension"), [("a.b.C", "c"), ("none", ""), (".hidden", ""), ("a.", "")])
def test_the_extension_is_what_follows_the_last_dot(name: str, extension: str) -> None:
    assert file_extension(name) == extension


@pytest.mark.parametrize(("name", "content"), [("Sans.otf", "font/ttf"), ("Sans.ttf", "font/otf")])
def test_a_font_s_outlines_may_be_of_either_kind_and_the_content_says_which(name: str, content: str) -> None:
    assert agreed(Detection(content), name) == content
    assert agreed(Detection(content), name, "font/otf" if name.endswith("otf") else "font/ttf") == content
    assert reason(Detection("font/woff2"), name) == "mime_mismatch"

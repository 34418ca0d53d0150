"""References from the web: fetched only from allowed hosts, cleaned by the gate, and refused with a clear word."""

import pytest

from sgd_assets.evidence.gate import EvidenceGate
from sgd_assets.evidence.policy import upload_policy
from sgd_assets.renders.model import RenderRecord
from sgd_assets.renders.references import fetch_reference
from sgd_assets.renders.render import render_request
from sgd_resources.drawing.painter import ResvgPainter
from sgd_resources.errors import InvalidInput, SgdError, Unavailable, ValidationFailed
from sgd_resources.fetch.guarded import FetchPolicy
from sgd_resources.fetch.https import build_fetcher
from sgd_resources.font_shelf import font_shelf
from sgd_resources.ports import Fetched, Raster, ReferenceFetcher
from sgd_resources.ports.examination import Cleaning, Detection
from tests.fakes.confined import FakeConfinedJobs
from tests.fakes.examiner import FakeExaminer
from tests.sgd_assets.renders.brand import ORG, RENDER_ID, SampleBrand, request

PAINTER = ResvgPainter()
URL = "https://pictures.example/library/photo.png"
VIOLET = PAINTER.encode(Raster(64, 64, bytes((140, 20, 200, 255)) * 64 * 64), "png")


class FakeFetcher:
    """Implements `ReferenceFetcher` with one answer for every address."""

    def __init__(self, answer: Fetched | SgdError) -> None:
        self.answer = answer
        self.asked: list[str] = []

    def fetch(self, url: str) -> Fetched:
        self.asked.append(url)
        if isinstance(self.answer, SgdError):
            raise self.answer
        return self.answer


def png_gate(**examiner: object) -> EvidenceGate:
    told = FakeExaminer(detection=Detection("image/png"), **examiner)  # type: ignore[arg-type]  # the fake's own names
    return EvidenceGate(examiner=told, scanner=None, policy=upload_policy())


def render(fetcher: ReferenceFetcher, gate: EvidenceGate, *references: str) -> RenderRecord:
    brand = SampleBrand("larkfold")
    return render_request(
        request('Post "Open day"', references=list(references)), brand.canon, org_id=ORG, render_id=RENDER_ID,
        canon_version=brand.canon.version, evidence=brand.evidence, store=brand.store,
        jobs=FakeConfinedJobs(), fonts=font_shelf(),
        web_picture=lambda url: fetch_reference(url, fetcher=fetcher, gate=gate),
    )  # fmt: skip


def test_a_picture_of_an_allowed_host_is_put_into_the_render() -> None:
    fetcher = FakeFetcher(Fetched(URL, "image/png", VIOLET))
    record = render(fetcher, png_gate(), URL, URL)
    assert fetcher.asked == [URL]
    assert record.outputs[0].plan.picture_boxes_px
    assert record.guardrails_ok


def test_what_is_composited_is_what_the_gate_cleaned_not_what_was_fetched() -> None:
    clean = fetch_reference(
        URL,
        fetcher=FakeFetcher(Fetched(URL, "image/png", b"dirty")),
        gate=png_gate(cleaning=Cleaning(VIOLET, "stripped")),
    )
    assert clean == VIOLET


def test_an_address_without_a_file_name_is_named_by_its_declared_type() -> None:
    url = "https://pictures.example/photo?id=7"
    assert fetch_reference(url, fetcher=FakeFetcher(Fetched(url, "image/png", VIOLET)), gate=png_gate()) == VIOLET


def test_a_host_that_is_not_on_the_list_is_named() -> None:
    # The real fetcher: its check comes before any look-up.
    fetcher = build_fetcher(FetchPolicy(allowed_hosts=("other.example",)))
    with pytest.raises(ValidationFailed, match=r"pictures\.example") as caught:
        render(fetcher, png_gate(), URL)
    assert caught.value.details == {"host": "pictures.example", "path": "$.prompts.references[0]"}


def test_no_host_is_allowed_unless_the_policy_names_it() -> None:
    assert upload_policy().reference_urls.allowed_hosts == ()


@pytest.mark.parametrize("url", ["http://pictures.example/a.png", "https://user@pictures.example/a.png"])
def test_an_address_that_is_no_plain_https_one_is_refused(url: str) -> None:
    fetcher = build_fetcher(FetchPolicy(allowed_hosts=("pictures.example",)))
    with pytest.raises(InvalidInput):
        fetch_reference(url, fetcher=fetcher, gate=png_gate())


def test_a_host_that_is_down_is_unavailable_so_that_the_request_is_tried_again() -> None:
    with pytest.raises(Unavailable):
        render(FakeFetcher(Unavailable("the page took too long")), png_gate(), URL)


def test_a_gate_that_is_down_is_unavailable_too() -> None:
    gate = png_gate(error=Unavailable("the scanner is down"))
    with pytest.raises(Unavailable):
        render(FakeFetcher(Fetched(URL, "image/png", VIOLET)), gate, URL)


def test_what_the_gate_refuses_never_reaches_the_painter() -> None:
    fetcher = FakeFetcher(Fetched("https://pictures.example/tool.exe", "application/x-msdownload", b"MZ"))
    with pytest.raises(ValidationFailed, match="refuses") as caught:
        render(fetcher, png_gate(), URL)
    assert caught.value.details["path"] == "$.prompts.references[0]"
    assert caught.value.details["reason"] == "type"

"""A render under the content policy: what is blocked costs nothing further and leaves nothing to fetch."""

import io
from collections.abc import Mapping
from typing import Any

import pytest
from PIL import Image

from sgd_assets.renders.content import pictures
from sgd_assets.renders.content.policy import ContentPolicy, content_policy
from sgd_assets.renders.render import render_request
from sgd_resources.errors import ContentBlocked, Unavailable
from sgd_resources.font_shelf import font_shelf
from tests.fakes.confined import FakeConfinedJobs
from tests.fakes.openrouter import Step, error_body
from tests.fakes.render_models import RenderModels, Scripts, good_answer, render_models
from tests.sgd_assets.renders.brand import ORG, RENDER_ID, SampleBrand, request

RUNNER = 'A runner at dawn on a bridge. Headline: "Run with us"'


def render(
    body: Mapping[str, Any],
    *,
    made: RenderModels | None = None,
    brand: SampleBrand | None = None,
    content: ContentPolicy | None = None,
    jobs: FakeConfinedJobs | None = None,
) -> SampleBrand:
    used = brand or SampleBrand("larkfold")
    render_request(
        body, used.canon, org_id=ORG, render_id=RENDER_ID, canon_version="c" * 64, evidence=used.evidence,
        store=used.store, jobs=jobs or FakeConfinedJobs(), fonts=font_shelf(), content=content,
        gateway=(lambda: made.gateway) if made is not None else None,
    )  # fmt: skip
    return used


def photo() -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((640, 360)).convert("RGB").save(out, "PNG")
    return out.getvalue()


def wants_picture(body: Mapping[str, Any], subject: str = "A runner at dawn on a bridge") -> dict[str, Any]:
    answer = good_answer(body, imagery={"kind": "photo", "subject": subject})
    answer["copy"]["headline"] = "Run with us"
    return answer


def test_a_blocked_instruction_is_refused_before_anything_is_opened() -> None:
    jobs, brand = FakeConfinedJobs(), SampleBrand("larkfold")
    brand.store.reads.clear()
    with pytest.raises(ContentBlocked):
        render(request("Kill all of them, nude porn"), brand=brand, jobs=jobs)
    assert (jobs.called, brand.store.reads) == ([], [])


def test_the_name_of_a_reference_is_looked_at() -> None:
    brand = SampleBrand("larkfold")
    item = brand.add("porn poster.png", photo())
    with pytest.raises(ContentBlocked) as caught:
        render(request("Poster of this", references=[item.key]), brand=brand)
    assert caught.value.details["path"] == "$.prompts.references[0]"


@pytest.mark.slow
def test_an_org_that_lifts_a_category_gets_its_picture() -> None:
    lifted = content_policy({"categories": {"weapons": "allow"}})
    brand = render(request('Poster: "Museum of machine guns"'), content=lifted)
    assert any("/renders/" in key for key in brand.store.writes)


@pytest.mark.embedded
def test_what_a_planner_wants_to_show_is_blocked_before_a_picture_is_ordered(redis_url: str) -> None:
    scripts = Scripts(planner=lambda body: wants_picture(body, "a beheaded runner"), image=photo())
    brand = SampleBrand("larkfold")
    with render_models(redis_url, scripts) as made, pytest.raises(ContentBlocked):
        render(request(RUNNER, "1200x628"), made=made, brand=brand)
    assert [one.task for one in made.asked] == ["planner"]
    assert not [key for key in brand.store.writes if key.endswith((".png", ".jpg", ".webp"))]


@pytest.mark.embedded
def test_a_generated_picture_that_is_blocked_is_paid_for_and_not_kept(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(data: bytes, policy: ContentPolicy, jobs: object) -> None:
        raise ContentBlocked("no", details={"rule": "sexual", "path": "picture", "found_by": "picture"})

    monkeypatch.setattr("sgd_assets.renders.content.guard.check_picture", refuse)
    brand = SampleBrand("larkfold")
    with (
        render_models(redis_url, Scripts(planner=wants_picture, image=photo())) as made,
        pytest.raises(ContentBlocked),
    ):
        render(request(RUNNER, "1200x628"), made=made, brand=brand)
    assert [one.task for one in made.asked] == ["planner", "image"]
    assert not [key for key in brand.store.writes if key.endswith((".png", ".jpg", ".webp"))]


@pytest.mark.embedded
def test_a_model_that_refuses_the_words_is_the_last_one_asked(redis_url: str) -> None:
    scripts = Scripts(moderation=lambda body: {"category": "hate"})
    with render_models(redis_url, scripts) as made, pytest.raises(ContentBlocked) as caught:
        render(request(RUNNER), made=made, content=content_policy({"moderation": "with_key"}))
    assert caught.value.details == {"rule": "hate", "path": "$", "found_by": "model"}
    assert [one.task for one in made.asked] == ["moderation"]
    assert "Run with us" in made.asked[0].text


@pytest.mark.embedded
def test_a_model_that_fails_stops_only_a_policy_that_requires_it(redis_url: str) -> None:
    scripts = Scripts(moderation=Step(status=500, body=error_body(500, "down")))
    with render_models(redis_url, scripts) as made:
        render(request('Poster "Open day"'), made=made, content=content_policy({"moderation": "with_key"}))
        assert "planner" in [one.task for one in made.asked]
        with pytest.raises(Unavailable):
            render(request('Poster "Open day"'), made=made, content=content_policy({"moderation": "required"}))


def test_a_required_model_without_a_key_stops_the_render() -> None:
    with pytest.raises(Unavailable, match="no model can be asked"):
        render(request('Poster "Open day"'), content=content_policy({"moderation": "required"}))


def test_pictures_of_a_request_are_looked_at_before_they_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "can_look", lambda: False)
    brand = SampleBrand("larkfold")
    item = brand.add("bridge.png", photo())
    strict = content_policy({"pictures": {"look": "required"}})
    with pytest.raises(ContentBlocked, match="nsfw"):
        render(request('Poster "Open day"', references=[item.key]), brand=brand, content=strict)
    assert not [key for key in brand.store.writes if "/renders/" in key]


@pytest.mark.embedded
def test_what_a_model_that_was_asked_for_its_opinion_cost_is_billed_once(redis_url: str) -> None:
    brand = SampleBrand("larkfold")
    with render_models(redis_url, Scripts(planner=wants_picture, image=photo())) as made:
        record = render_request(
            request(RUNNER, "1200x628"), brand.canon, org_id=ORG, render_id=RENDER_ID, canon_version="c" * 64,
            evidence=brand.evidence, store=brand.store, jobs=FakeConfinedJobs(), fonts=font_shelf(),
            content=content_policy({"moderation": "with_key"}), gateway=lambda: made.gateway,
        )  # fmt: skip
    assert [call.task for call in record.models] == ["moderation", "planner", "image", "critic"]

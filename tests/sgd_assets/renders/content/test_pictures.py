"""Pictures under the content policy: blocked from the threshold on, and refused where a required look is impossible."""

import io
from collections.abc import Mapping
from typing import Any

import pytest
from PIL import Image, ImageDraw

from sgd_assets.renders.content import pictures
from sgd_assets.renders.content.pictures import JOB, check_picture
from sgd_assets.renders.content.policy import ContentPolicy
from sgd_resources.errors import ContentBlocked
from tests.fakes.confined import FakeAnswer, FakeConfinedJobs


class _Looks:
    """Implements `ConfinedJobs`: answers every look with a score."""

    def __init__(self, score: object) -> None:
        self.score = score
        self.called: list[str] = []

    def call(
        self, target: str, data: bytes, arguments: Mapping[str, Any] | None = None, *, cpu_s: int | None = None
    ) -> FakeAnswer:
        self.called.append(target)
        return FakeAnswer({"score": self.score}, ())

    def close(self) -> None:
        """Nothing was opened."""


def policy(look: str = "if_installed", blocked: frozenset[str] = frozenset({"sexual"})) -> ContentPolicy:
    return ContentPolicy(blocked, pictures=look, picture_threshold=0.8)  # type: ignore[arg-type]  # one of its words


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "can_look", lambda: True)


@pytest.mark.usefixtures("installed")
def test_a_picture_is_blocked_from_the_threshold_on() -> None:
    check_picture(b"x", policy(), _Looks(0.79))
    with pytest.raises(ContentBlocked) as caught:
        check_picture(b"x", policy(), _Looks(0.8))
    assert caught.value.details == {"rule": "sexual", "path": "picture", "found_by": "picture"}


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("score", [None, "high", 1.5, float("nan")])
def test_an_answer_that_is_no_score_blocks(score: object) -> None:
    with pytest.raises(ContentBlocked):
        check_picture(b"x", policy(), _Looks(score))


@pytest.mark.usefixtures("installed")
def test_a_picture_that_cannot_be_looked_at_is_blocked() -> None:
    with pytest.raises(ContentBlocked):
        check_picture(b"x", policy(), FakeConfinedJobs(JOB))


def test_without_the_extra_a_required_look_refuses_every_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "can_look", lambda: False)
    jobs = _Looks(0.0)
    check_picture(b"x", policy("if_installed"), jobs)
    check_picture(b"x", policy("off"), jobs)
    with pytest.raises(ContentBlocked, match="nsfw"):
        check_picture(b"x", policy("required"), jobs)
    assert jobs.called == []


@pytest.mark.usefixtures("installed")
def test_nobody_looks_where_the_policy_does_not_ask() -> None:
    jobs = _Looks(1.0)
    check_picture(b"x", policy("off"), jobs)
    check_picture(b"x", policy("required", frozenset({"hate"})), jobs)
    assert jobs.called == []


@pytest.mark.slow
@pytest.mark.skipif(not pictures.can_look(), reason="the extra [nsfw] is not installed")
def test_the_network_finds_nothing_in_plain_pictures() -> None:
    for size in ((300, 200), (200, 600)):
        out = io.BytesIO()
        image = Image.new("RGB", size, "#1E4D3A")
        ImageDraw.Draw(image).rectangle((20, 30, 150, 120), fill="#F2A62B")
        image.save(out, "PNG")
        score = FakeConfinedJobs().call(JOB, out.getvalue(), {}).result["score"]
        assert 0.0 <= score < 0.2
        check_picture(out.getvalue(), policy("required"), FakeConfinedJobs())

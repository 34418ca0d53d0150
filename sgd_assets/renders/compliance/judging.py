"""Asks the confined child to judge a picture of any origin, and checks what comes back before it is believed.

From a picture, the canon and what is asked to a `Judgement`: values only; no stranger's byte is decoded here. What must
not live here: what the job does (`judge_job.py`), any rule.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from pydantic import ValidationError

from sgd_assets.canon.model import Canon
from sgd_assets.renders.compliance.brand_rules import brand_rules, neutrals_of
from sgd_assets.renders.compliance.case import Expected
from sgd_assets.renders.compliance.policy import Profile
from sgd_assets.renders.compose.logos import LogoArt
from sgd_assets.renders.model import Critique, RenderPlan
from sgd_assets.renders.picture_files import PictureFiles, logo_facts
from sgd_resources.errors import RejectedEvidence
from sgd_resources.ports import ConfinedJobs
from sgd_resources.sandbox.packing import packed

JOB = "sgd_assets.renders.compliance.judge_job:judge_candidate"
_LIKENESS = re.compile(r"[0-9a-f]{32}")
_WEBP = b"RIFF"
_CPU_S = 60
"""Reading words takes most of it: a second for each megapixel around them."""


@dataclass(frozen=True)
class Judgement:
    """What came of judging one picture; `marked` is the picture with its findings drawn on it, as WebP."""

    critique: Critique
    likeness: str
    width_px: int
    height_px: int
    marked: bytes | None = None


def judge_candidate(
    picture: bytes,
    canon: Canon,
    *,
    jobs: ConfinedJobs,
    profile: Profile,
    max_pixels: int,
    logos: Sequence[LogoArt] = (),
    plan: RenderPlan | None = None,
    made_of: PictureFiles | None = None,
    expected: Expected = Expected(),
    names: Sequence[str] = (),
    alike: Sequence[tuple[str, str]] | None = None,
    reads_words: bool = True,
    marks: bool = False,
) -> Judgement:
    """The judgement of a picture. The same picture, canon and wishes give the same one.

    Args:
        picture: PNG, JPEG or WebP, exactly as it was delivered.
        canon: what it must keep to.
        jobs: decodes, looks and measures, confined.
        profile: weights and limits.
        max_pixels: a larger picture is refused.
        logos: the org's logo files with their bytes, likeliest first.
        plan: what it was made by, where it is ours.
        made_of: the logo and fonts of that plan: with them the picture is laid out again, and measured against that.
        expected: the copy, size and format that were asked for.
        names: of the brand; no stray text where they are read.
        alike: (name, likeness) of the org's other renders; None where nobody looked for them.
        reads_words: whether words are read from its pixels, which takes about a second. They are read anyway where
            `made_of` is given and the picture is no longer what the plan says.
        marks: whether the picture is wanted with its findings marked.

    Raises:
        RejectedEvidence: it cannot be read, or costs more than one may. A retry does not help.
        Unavailable: no child could be started. Retry.
    """
    made, told_of_made = made_of.packed() if made_of is not None else (b"", None)
    data, sizes = packed([picture, made, *(logo.data for logo in logos)])
    rules = brand_rules(canon, logos, names=names)
    answer = jobs.call(
        JOB,
        data,
        {
            "sizes": sizes,
            "palette_hex": [value.upper() for value in canon.palette_hex],
            "neutral_hex": list(neutrals_of(canon)),
            "logos": [logo_facts(logo) for logo in logos],
            "made_of": told_of_made,
            "plan": plan.model_dump(mode="json") if plan is not None else None,
            "max_pixels": max_pixels,
            "profile": {"name": profile.name, "rules": {name: asdict(rule) for name, rule in profile.rules.items()}},
            "expected": asdict(expected),
            "brand": asdict(rules),
            "reads_words": reads_words,
            "alike": [list(pair) for pair in alike] if alike is not None else None,
            "marks": marks,
        },
        cpu_s=_CPU_S,
    )
    told = answer.result
    try:
        judged = Judgement(
            critique=Critique.model_validate(told["critique"]),
            likeness=told["likeness"],
            width_px=int(told["width_px"]),
            height_px=int(told["height_px"]),
            marked=answer.blobs[0] if answer.blobs else None,
        )
    except (KeyError, TypeError, ValueError, ValidationError):
        raise _nonsense() from None
    is_likeness = isinstance(judged.likeness, str) and _LIKENESS.fullmatch(judged.likeness)
    if not is_likeness or (judged.marked is not None and not judged.marked.startswith(_WEBP)):
        raise _nonsense()
    return judged


def _nonsense() -> RejectedEvidence:
    return RejectedEvidence("reject", "malformed", details={"message": "the judge returned nonsense"})

"""Asks the confined child for pictures and critiques, and checks what comes back before it is believed.

From a plan and its files to a coded picture, its final plan and its critique: values only; no stranger's byte is
decoded, shaped or drawn in this process. What must not live here: what the job does (`picture_job.py`).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from sgd_assets.renders.compose.type.settable import words_of_plan
from sgd_assets.renders.model import Critique, RenderPlan, VectorFormat
from sgd_assets.renders.picture_files import PictureFiles
from sgd_assets.renders.progress import Step
from sgd_assets.renders.prove.recipe import MadeFrom
from sgd_resources.errors import RejectedEvidence, ValidationFailed
from sgd_resources.ports import ConfinedJobs, PictureFormat

JOB = "sgd_assets.renders.picture_job"
_Seconds = Annotated[float, Field(ge=0, le=86_400)]
_STEPS: TypeAdapter[tuple[tuple[Step, float], ...]] = TypeAdapter(tuple[tuple[Step, _Seconds], ...])
_MAGIC: Mapping[str, bytes] = {
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff",
    "webp": b"RIFF",
    "svg": b"<svg ",
    "pdf": b"%PDF-",
}
_BASE_CPU_S, _PIXELS_PER_CPU_S = 5, 1_000_000
"""A picture takes 0.2 to 0.4 s for each million pixels; one that is mended is made twice."""
_LATIN = re.compile("[\n\r -~\xa0-\u017f\u2010-\u2027\u2030\u2039\u203a\u20ac]*")
"""What every open family that sets text has."""


@dataclass(frozen=True)
class MadePicture:
    """One picture as it is delivered."""

    plan: RenderPlan
    critique: Critique
    data: bytes
    width_px: int
    height_px: int
    steps: tuple[tuple[Step, float], ...] = ()
    """What the child did, one after another, each with its seconds."""
    look: int | None = None
    """How it looks, as `sealing/look.py` counts it: found again when the file was saved anew."""
    made_from: MadeFrom | None = None
    also: tuple[tuple[VectorFormat, bytes], ...] = ()
    """The same composition as vectors."""


def check_words(plan: RenderPlan, files: Callable[[RenderPlan], PictureFiles], jobs: ConfinedJobs) -> None:
    """Pass when every letter of a plan has a face: asked before anything is generated, painted or paid for.

    Plain Latin text asks no child: the open faces have all of it.

    Raises:
        ValidationFailed: as `make_picture`.
        RejectedEvidence, Unavailable: as `make_picture`.
    """
    if _LATIN.fullmatch(words_of_plan(plan)):
        return
    data, arguments = replace(files(plan), logo=None, pictures={}).packed()
    arguments = {"plan": plan.model_dump(mode="json"), **arguments}
    _raise_if_unsettable(jobs.call(f"{JOB}:check_words", data, arguments, cpu_s=_BASE_CPU_S).result)


def make_picture(
    plan: RenderPlan,
    files: PictureFiles,
    picture_format: PictureFormat,
    jobs: ConfinedJobs,
    *,
    also: Sequence[VectorFormat] = (),
    inks: Mapping[str, Sequence[float]] | None = None,
) -> MadePicture:
    """The picture of a plan. The same plan and files give the same bytes.

    Args:
        plan: guarded.
        files: what it is made of.
        picture_format: of the picture.
        jobs: the confined child.
        also: vector files that are wanted beside it.
        inks: hex -> cyan, magenta, yellow, black (0 to 100) that a PDF prints a colour in.

    Raises:
        RejectedEvidence: its files cost more than one picture may, or cannot be read. A retry does not help.
        ValidationFailed: no installed font has the letters of its words; `details` names script and characters.
        Unavailable: no child could be started. Retry.
    """
    assert plan.width_px is not None
    assert plan.height_px is not None
    data, arguments = files.packed()
    wanted = {"also": list(also), "inks": {name: list(value) for name, value in (inks or {}).items()}} if also else {}
    answer = jobs.call(
        f"{JOB}:make_picture",
        data,
        {"plan": plan.model_dump(mode="json"), "format": picture_format, **wanted, **arguments},
        cpu_s=_BASE_CPU_S + plan.width_px * plan.height_px // _PIXELS_PER_CPU_S,
    )
    _raise_if_unsettable(answer.result)
    try:
        made = MadePicture(
            plan=RenderPlan.model_validate(answer.result["plan"]),
            critique=Critique.model_validate(answer.result["critique"]),
            data=answer.blobs[0],
            width_px=answer.result["width_px"],
            height_px=answer.result["height_px"],
            steps=_STEPS.validate_python(answer.result["steps"]),
            look=int(answer.result["look"]),
            also=tuple(zip(also, answer.blobs[1:], strict=True)),
        )
    except (KeyError, IndexError, TypeError, ValueError, ValidationError):
        raise _nonsense() from None
    is_as_asked = (made.width_px, made.height_px) == (plan.width_px, plan.height_px)
    if not all(blob.startswith(_MAGIC[kind]) for kind, blob in made.also):
        raise _nonsense()
    if not is_as_asked or not made.data.startswith(_MAGIC[picture_format]):
        raise _nonsense()
    return made


def check_readable(data: bytes, jobs: ConfinedJobs) -> None:
    """Pass when the bytes are a PNG, JPEG or WebP that can be decoded. Raises as `make_picture`."""
    jobs.call(f"{JOB}:read_picture", data, {})


def _raise_if_unsettable(result: Mapping[str, Any]) -> None:
    told = result.get("unsettable")
    if told is None:
        return
    if (
        not isinstance(told, dict)
        or not isinstance(told.get("message"), str)
        or not isinstance(told.get("details"), dict)
    ):
        raise _nonsense()
    raise ValidationFailed(told["message"], details=told["details"])


def _nonsense() -> RejectedEvidence:
    return RejectedEvidence("reject", "malformed", details={"message": "the painter returned nonsense"})

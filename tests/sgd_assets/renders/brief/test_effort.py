"""Effort follows the length of an instruction, whatever stands in it."""

import sys
from types import FrameType

import pytest

from tests.sgd_assets.renders.brief.reading import brief_of

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("task", ["create", pytest.param("edit", marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "unit",
    ['"', ":", "„", " 'a\"", "“a ", "Headline: ", "Headline:\n", "a, ", "no ", "logo ", "photo of ", "poster for ",
     "写真の", "- x\n", "only logo ", ". ", "12 May ", "|", "and the ", "نص و", "x", "Kichwa: habari\n",
     "mji mkubwa wetu. ", "szöveg nélkül ", "price (£1) ", "के बिना "],
)  # fmt: skip
def test_a_hostile_instruction_costs_its_length(unit: str, task: str) -> None:
    short, long = (_calls((unit * 4_000)[:size], task) for size in (1_000, 4_000))
    assert long < 7 * short + 2_000  # four times the length; squared it would be sixteen times


def _calls(instruction: str, task: str) -> int:
    brief_of("warm up", task)
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        brief_of(instruction, task)
    finally:
        sys.setprofile(None)
    return count

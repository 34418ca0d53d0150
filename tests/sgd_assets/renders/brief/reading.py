"""Reads an instruction in one line of a test."""

from sgd_assets.renders.brief.model import Brief
from sgd_assets.renders.brief.read import read_brief
from tests.sgd_assets.renders.brand import request


def brief_of(instruction: str, task: str = "create") -> Brief:
    return read_brief(request(instruction, task=task))


def printed(brief: Brief) -> dict[str, str | tuple[str, ...]]:
    """The parts of the copy that are given."""
    return {part: words for part, words in brief.words.model_dump().items() if words}

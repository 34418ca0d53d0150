"""The words of one language as a file states them, checked; all files of `languages/` make the product's languages.

Adding a language is adding its file. What must not live here: how a term becomes a pattern (`words/vocabulary.py`),
what each topic means (`words/topic_names.py`), or any word.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from sgd_assets.canon.words.topic_names import TOPICS
from sgd_resources.errors import BrokenContract

FILES = "sgd_assets.canon.words:languages/*.toml"
"""The files by their package: their contents count into the version of what reads them (`code_versions`)."""

Term = Annotated[str, StringConstraints(min_length=1, pattern=r"^(?:=[^*=]+|\*?[^*=]+\*?)$")]
"""Lower-case words; `*` at an end where a word goes on, `=` in front where only the whole heading counts."""


class Instruction(BaseModel):
    """A form of verb that tells somebody to do something, at the start of a sentence."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    opens: str
    """Regular expression; letter case counts."""
    function_words: int = Field(ge=0)
    """How many of the language's function words must stand in the sentence, so that it is taken for this language."""


class Language(BaseModel):
    """One file's words.

    Raises:
        ValueError: a topic that no reader asks, a capital letter, or an expression that does not compile.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=2)
    """In English, for people."""
    is_spaced: bool = True
    """Whether spaces part its words: where they do not, a term counts inside of a longer run of letters."""
    topics: dict[str, tuple[Term, ...]] = {}
    patterns: dict[str, tuple[str, ...]] = {}
    """Parts of one regular expression per topic, where neighbours decide what a word means."""
    words: dict[str, tuple[str, ...]] = {}
    """Lists that are asked for one word."""
    instructions: tuple[Instruction, ...] = ()

    @model_validator(mode="after")
    def _is_asked_and_in_lower_case(self) -> Self:
        unknown = sorted((self.topics.keys() | self.patterns.keys()) - TOPICS.keys())
        if unknown:
            raise ValueError(f"no reader asks the topics {unknown}")
        loud = [
            term for terms in (*self.topics.values(), *self.words.values()) for term in terms if term != term.lower()
        ]
        if loud:
            raise ValueError(f"terms are in lower case: {loud}")
        for expression in (*map("".join, self.patterns.values()), *(one.opens for one in self.instructions)):
            re.compile(expression)
        return self


@cache
def languages() -> dict[str, Language]:
    """Code (the file's name) -> language, by code.

    Raises:
        BrokenContract: a file is not what `Language` says, or there is none.
    """
    found = {path.stem: _read(path) for path in sorted(Path(__file__).parent.glob(FILES.partition(":")[2]))}
    if "en" not in found:
        raise BrokenContract(f"the words of English are not installed ({FILES})")
    return found


def _read(path: Path) -> Language:
    try:
        return Language.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError, re.error) as error:
        raise BrokenContract(f"the words of a language are damaged: {path.name}: {error}") from error

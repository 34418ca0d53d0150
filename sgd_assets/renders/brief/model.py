"""What a brief is made of. It says what is asked, never how it will be met.

Every field is what the request says in words; what it leaves open is None or empty. What must not live here: reading
one (`read.py`).
"""

from typing import Literal

from pydantic import ConfigDict, Field

from sgd_resources.parsed_document import Shape

ImageryKind = Literal["none", "photo", "illustration", "pattern", "reference", "any"]
Corner = Literal[
    "top-left", "top-right", "bottom-left", "bottom-right", "centre", "top", "bottom", "left", "right"
]  # fmt: skip
Alignment = Literal["left", "centre", "right"]
LetterCase = Literal["upper", "lower", "title"]
Mood = Literal["dark", "light", "vivid", "calm"]
ElementName = Literal["headline", "body", "call_to_action", "date", "price", "url", "legal", "extra"]
LEFT_OUT = "copy: "
"""Begins a brief's note on words to print that are not in its copy; the plan has it among its unmet wishes."""


class BriefCopy(Shape):
    """The words that stand on the picture, each in its part; printed exactly so."""

    headline: str | None = None
    body: str | None = None
    call_to_action: str | None = Field(default=None, description="what the reader is to do, such as 'Book now'")
    date: str | None = None
    price: str | None = None
    url: str | None = None
    legal: str | None = Field(default=None, description="small print")
    extra: tuple[str, ...] = Field(default=(), description="further lines, in order")

    def elements(self) -> tuple[tuple[ElementName, str], ...]:
        """(part, words) of each part that is given, in the order of reading."""
        named: tuple[tuple[ElementName, str | None], ...] = (
            ("headline", self.headline),
            ("body", self.body),
            ("date", self.date),
            ("price", self.price),
            ("call_to_action", self.call_to_action),
            ("url", self.url),
            *(("extra", line) for line in self.extra),
            ("legal", self.legal),
        )  # fmt: skip
        return tuple((name, words) for name, words in named if words)


class WantedImagery(Shape):
    """The picture that is asked for; `any` leaves it open."""

    kind: ImageryKind = "any"
    subject: str | None = Field(default=None, description="what is to be seen, in the request's words")


class Placement(Shape):
    """Wishes on where and how things stand."""

    logo: Corner | None = None
    alignment: Alignment | None = None
    case: LetterCase | None = None


class BriefEdit(Shape):
    """One change of an existing picture."""

    element: str = Field(description="a part of the copy, or 'logo', 'ground', 'picture', 'size', 'font', 'colours'")
    change: Literal["set", "remove", "move", "larger", "smaller"]
    value: str | None = Field(default=None, description="the new words, colour or place")
    was: str | None = Field(default=None, description="the words that stand there now, where the request quotes them")


class Brief(Shape):
    """What is asked of one render."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, serialize_by_alias=True)

    words: BriefCopy = Field(default=BriefCopy(), alias="copy")
    is_verbatim: bool = Field(default=False, description="the words were given to be printed; none may be changed")
    is_quotation: bool = False
    attribution: str | None = Field(default=None, description="who said a quotation")
    imagery: WantedImagery = WantedImagery()
    placement: Placement = Placement()
    mood: Mood | None = None
    ground: str | None = Field(default=None, description="colour of the ground as asked: a hex, a name, or a role")
    forbidden: tuple[str, ...] = Field(
        default=(), description="what must not be there: 'text', 'logo', 'picture', 'pattern', 'gradient', a colour ..."
    )
    edits: tuple[BriefEdit, ...] = ()
    language: str | None = Field(default=None, description="ISO 639-1 of the copy, where it is known")
    source: Literal["copy", "rules", "model"] = Field(default="rules", description="who wrote the brief")
    notes: tuple[str, ...] = Field(default=(), description="what could not be told apart and was left out")

    @property
    def lost_copy(self) -> tuple[str, ...]:
        """The notes on words that are asked for and found no place in the copy."""
        return tuple(note for note in self.notes if note.startswith(LEFT_OUT))

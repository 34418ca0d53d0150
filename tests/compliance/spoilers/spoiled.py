"""What a spoiler gives back, and how families of rules stand to one another.

What must not live here: any single way of spoiling.
"""

from dataclasses import dataclass, field, replace

from tests.compliance.case import MediaFormat, Verdict


@dataclass(frozen=True)
class Question:
    """What whoever asks for the judgement knows; None where they say nothing."""

    copy: tuple[str, ...] | None = None
    size: tuple[int, int] | None = None
    media_format: MediaFormat | None = None
    others: tuple[bytes, ...] = field(default=(), repr=False)

    def asking(self, **changes: object) -> "Question":
        """The same question but for some fields."""
        return replace(self, **changes)  # type: ignore[arg-type]  # fields of this class, given by name


def must(family: str, *may: str) -> Verdict:
    """The family that must be flagged, and those that may be."""
    return Verdict(family, frozenset(may))


ALTERED_LOGO = ("logo_missing", "logo_size", "clear_space")
"""A logo that was changed may no longer be known as one, and its box is another."""

"""A prompt as it came -> as it is worked on, and back: NUL and blanks around it taken off, places found again.

What must not live here: personal data (`sgd_resources/llm/safety/redaction.py`).
"""

from dataclasses import dataclass

from sgd_assets.prompts.spans import Span

MAX_PROMPT_CHARACTERS = 10_000


@dataclass(frozen=True)
class Prepared:
    """A prompt without what nobody meant to send."""

    text: str
    _sent: str

    def as_sent(self, span: Span) -> Span:
        """The span in the characters of the prompt as the client sent it."""
        if len(self.text) == len(self._sent):
            return span
        kept = [at for at, sign in enumerate(self._sent) if sign != "\0"]
        before = len(self._sent.replace("\0", "")) - len(self._sent.replace("\0", "").lstrip())
        return Span(span.path, kept[before + span.start], kept[before + span.end - 1] + 1, span.text)


def prepare(sent: str) -> Prepared:
    """The prompt prepared; its text is empty when there is nothing in it."""
    return Prepared(sent.replace("\0", "").strip(), sent)

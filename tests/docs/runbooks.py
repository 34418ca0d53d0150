"""The runbooks as the tests read them: their sections, and the commands and queries in their blocks."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "runbooks"
_BLOCK = re.compile(r"^ *```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_ALERT = re.compile(r"^`(\w+)`, (\w+), (at once|after [\w ]+):\n\n```promql\n(.+)\n```$", re.MULTILINE)
_INLINE = re.compile(r"`(sgd [^`]+)`")


@dataclass(frozen=True)
class Runbook:
    path: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    @property
    def sections(self) -> list[str]:
        return re.findall(r"^## (.+)$", self.text, re.MULTILINE)

    @property
    def alerts(self) -> dict[str, tuple[str, str, str]]:
        """What the page says of each alert that leads to it: how urgent, after how long, its expression."""
        return {name: (urgency, after, query) for name, urgency, after, query in _ALERT.findall(self.text)}

    def lines(self, language: str) -> Iterator[str]:
        for found, block in _BLOCK.findall(self.text):
            if found == language:
                yield from (line.strip() for line in block.splitlines() if line.strip())

    @property
    def to_run(self) -> list[list[str]]:
        """Arguments of `sgd` in the blocks of a shell."""
        return [shlex.split(line)[1:] for line in self.lines("sh") if line.startswith("sgd ")]

    @property
    def named(self) -> list[list[str]]:
        """Arguments of every complete `sgd` command, in blocks or within a sentence."""
        in_text = [line for line in self.lines("text") if line.startswith("sgd ")]
        return [*self.to_run, *(shlex.split(line)[1:] for line in (*in_text, *_INLINE.findall(self.text)))]

    @property
    def queries(self) -> list[str]:
        return list(self.lines("promql"))


def runbooks() -> list[Runbook]:
    return [Runbook(path) for path in sorted(FOLDER.glob("*.md")) if path.name != "index.md"]

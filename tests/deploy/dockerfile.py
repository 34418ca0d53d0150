"""Reads a Dockerfile as far as our tests look at one: stages with their instructions in order."""

import json
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = ROOT / "deploy" / "Dockerfile"


@dataclass
class Stage:
    """One `FROM` with what follows it."""

    image: str
    name: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def all_of(self, instruction: str) -> list[str]:
        return [said for name, said in self.steps if name == instruction]

    @property
    def environment(self) -> dict[str, str]:
        pairs = [pair for said in self.all_of("ENV") for pair in shlex.split(said)]
        return dict(pair.split("=", 1) for pair in pairs)

    @property
    def command(self) -> list[str]:
        return [str(part) for part in json.loads(self.all_of("CMD")[-1])]

    @property
    def health_command(self) -> list[str]:
        return [str(part) for part in json.loads(self.all_of("HEALTHCHECK")[-1].partition(" CMD ")[2])]


def stages(path: Path = DOCKERFILE) -> list[Stage]:
    lines = re.sub(r"^#.*\n", "", path.read_text("utf-8"), flags=re.M)
    found: list[Stage] = []
    for line in re.sub(r"\\\n\s*", " ", lines).splitlines():
        name, _, said = line.strip().partition(" ")
        if name == "FROM":
            image, _, stage = said.partition(" AS ")
            found.append(Stage(image, stage))
        elif name:
            found[-1].steps.append((name, said.strip()))
    return found

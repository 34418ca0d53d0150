"""One part of an installation as the doctor sees it. What must not live here: looking."""

from dataclasses import asdict, dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """One part: its state and, unless it is fine, what to do."""

    level: Literal["ok", "info", "warn", "fail"]
    part: str
    state: str
    mend: str = ""

    def as_dict(self) -> dict[str, str]:
        """JSON form."""
        return {name: str(value) for name, value in asdict(self).items()}

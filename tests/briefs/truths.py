"""Brief sets as values: reading a set's file, and how many entries it has of what.

What must not live here: judgement of a brief.
"""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DEV = Path(__file__).with_name("dev.json")
SLOTS = ("headline", "body", "call_to_action", "date", "price", "url", "legal")
LOGO_PLACES = ("top-left", "top-right", "bottom-left", "bottom-right", "centre", "top", "bottom", "left", "right")
FORBIDDEN = ("text", "logo", "picture", "photo", "illustration", "people", "pattern", "gradient", *SLOTS[2:])


@dataclass(frozen=True)
class Entry:
    """One request with what is right for it."""

    id: str
    language: str
    kinds: list[str]
    request: dict[str, Any]
    right: dict[str, Any]
    note: str = ""


def read_set(path: Path = DEV) -> list[Entry]:
    """The entries of a set's file, in its order."""
    return [Entry(**entry) for entry in json.loads(path.read_text("utf-8"))]


def counts(entries: list[Entry]) -> dict[str, Counter[str]]:
    """How many entries there are per language and per kind; an entry is of several kinds."""
    return {
        "language": Counter(entry.language for entry in entries),
        "kind": Counter(kind for entry in entries for kind in entry.kinds),
    }

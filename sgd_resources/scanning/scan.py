"""Looks at an upload and at everything that unpacks from it with the scan rules. Runs inside the sandbox's child.

From -> To: bytes and their agreed media type -> the first `Hit`, or None. What must not live here: unpacking, and what
to do about a hit.
"""

from dataclasses import dataclass
from typing import Literal

from sgd_resources.ports.examination import Limits
from sgd_resources.scanning.rules import scanner
from sgd_resources.scanning.unpack import everything_in

HitVerdict = Literal["malware", "suspicious"]


@dataclass(frozen=True)
class Hit:
    """A rule that matched."""

    verdict: HitVerdict
    signature: str
    why: str
    where: str
    """'file', or the path inside it: `word/x.bin`, `stream 12`, `base64 3`."""


def scan(data: bytes, media_type: str, limits: Limits) -> Hit | None:
    """The gravest hit of the first part that has one.

    Raises:
        RejectedEvidence: `reject:bomb` when it unpacks past the bounds: nothing is let in that was not looked at.
    """
    rules = scanner()
    rules.set_global("media_type", media_type)
    for part in everything_in(data, media_type, limits):
        hits = []
        for rule in rules.scan(part.data).matching_rules:
            told = dict(rule.metadata)
            verdict: HitVerdict = "malware" if told.get("verdict") == "malware" else "suspicious"
            hits.append(Hit(verdict, rule.identifier, str(told.get("why", "")), part.name))
        if hits:
            return min(hits, key=lambda hit: (hit.verdict != "malware", hit.signature))
    return None

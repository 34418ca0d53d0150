"""Which rules on the logo and the look are kept: a page that a designer would read, not a manual.

Clear space and sizes all stay. Of dos and of don'ts, those on the logo come first and those on the look fill up; a line
whose words another one says with words added is left out. What stays keeps its reading order. What must not live here:
reading documents.
"""

import re
from collections.abc import Sequence

from sgd_assets.canon.facts.claims import DocumentClaims, LogoClaim

MOST = 40  # of a side; more than a page can show at a glance
MOST_ON_LOOK = 24  # of a side: a design system may state hundreds, of which few are the brand's
_FEWEST = 4  # words from which a line may be said by a longer one

Sourced = tuple[DocumentClaims, LogoClaim]


def kept_rules(claims: Sequence[Sourced]) -> list[Sourced]:
    """The claims that make the logo's rules, in the order they came."""
    kept = {index for index, (_, claim) in enumerate(claims) if claim.kind not in ("logo_do", "logo_dont")}
    for kind in ("logo_do", "logo_dont"):
        of_kind = [(index, claim) for index, (_, claim) in enumerate(claims) if claim.kind == kind]
        lines: dict[str, set[str]] = {}
        texts: set[str] = set()
        on_look = 0
        for index, claim in sorted(of_kind, key=lambda entry: (entry[1].is_on_look, entry[0])):
            text, words = claim.text.lower().rstrip("."), _words(claim.text)
            line = text.replace("’", "'")
            if text in texts:
                kept.add(index)  # the same line once more only adds a citation
            if line in lines:
                continue
            is_full = len(lines) >= MOST or (claim.is_on_look and on_look >= MOST_ON_LOOK)
            is_said = len(words) >= _FEWEST and any(words < other for other in lines.values())
            if is_full or (is_said and claim.is_on_look):
                continue
            kept.add(index)
            lines[line] = words
            texts.add(text)
            on_look += claim.is_on_look
    return [sourced for index, sourced in enumerate(claims) if index in kept]


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{3,}", text.lower()))

"""A line cut into runs of one face, one script and one direction, and how wide they are.

Plain lines (Latin, Greek, Cyrillic) take the short way: one direction, a face for each character. What must not live
here: where lines end (`lines.py`).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sgd_assets.renders.compose.type.missing import Faces
from sgd_resources.ports import FontFace, Shaping
from sgd_resources.writing.bidi import in_visual_order
from sgd_resources.writing.breaks import clusters_of
from sgd_resources.writing.scripts import COMMON, EMOJI, script_of

Levels = tuple[int, ...]
"""The bidirectional level of each character of a line."""

_PLAIN = re.compile("[\t -\u02ff\u0370-\u058f\u1e00-\u200a\u2010-\u2027\u202f-\u205e\u20a0-\u20cf\u2100-\u2bff]*")
"""Scripts whose letters stand side by side from left to right, composed, and the signs that go with them."""
_TRACKED = frozenset({"Latn", "Grek", "Cyrl", "Armn", "Geor"})
"""Scripts whose letters may be set closer or wider; others would come apart or lose their rhythm."""


@dataclass(frozen=True)
class Run:
    """Characters that are shaped in one go."""

    face: FontFace
    text: str
    tracking_em: float
    shaping: Shaping | None = None
    level: int = 0

    @property
    def width_em(self) -> float:
        """Its advance with tracking behind each character."""
        return self.face.advance_em(self.text, self.shaping) + self.tracking_em * len(self.text)


def is_plain(text: str) -> bool:
    """Whether a text needs neither reordering nor joining nor marks."""
    return _PLAIN.fullmatch(text) is not None


def is_accented_capital(character: str) -> bool:
    """Whether a mark stands over a capital, higher than capitals are."""
    return not character.isascii() and character.isupper() and len(unicodedata.normalize("NFD", character)) > 1


def runs_of(
    line: str, levels: Levels | None, faces: Faces, tracking_em: float, language: str | None
) -> tuple[Run, ...]:
    """The line's runs from left to right, each with the first face that has all of it.

    Args:
        line: its characters in the order of reading.
        levels: of its characters; None for a plain line.
        faces: in the order they are asked.
        tracking_em: added to letters that may be tracked.
        language: BCP 47, for faces that draw a character otherwise in each language.
    """
    if levels is None:
        return tuple(Run(face, text, tracking_em) for face, text in _plain_runs(line, faces))
    return _shaped_runs(line, levels, faces, tracking_em, language)


def line_width(
    line: str,
    faces: Faces,
    size_px: float,
    tracking_em: float,
    *,
    levels: Levels | None = None,
    language: str | None = None,
) -> float:
    """Width of a set line in pixels."""
    total = sum(run.width_em for run in runs_of(line, levels, faces, tracking_em, language))
    return (total - tracking_em) * size_px


def reach_of(line: str, levels: Levels, faces: Faces, language: str | None) -> tuple[float, float]:
    """How far the ink of a line reaches above and below its baseline, as shares of the em."""
    reaches = [run.face.reach_em(run.text, run.shaping) for run in runs_of(line, levels, faces, 0.0, language)]
    return max((top for top, _ in reaches), default=0.0), max((bottom for _, bottom in reaches), default=0.0)


def _plain_runs(line: str, faces: Faces) -> list[tuple[FontFace, str]]:
    if not faces[0].missing(line):
        return [(faces[0], line)]
    cut: list[tuple[FontFace, str]] = []
    for character in line:
        face = next((face for face in faces if not face.missing(character)), faces[0])
        if cut and (cut[-1][0] is face or character.isspace()):
            cut[-1] = (cut[-1][0], cut[-1][1] + character)
        else:
            cut.append((face, character))
    return cut


@lru_cache(maxsize=2048)
def _shaped_runs(line: str, levels: Levels, faces: Faces, tracking_em: float, language: str | None) -> tuple[Run, ...]:
    clusters = clusters_of(line)
    scripts = _resolved([script_of(cluster[0]) for cluster in clusters])
    found: list[Run] = []
    start = 0
    for cluster, script in zip(clusters, scripts, strict=True):
        level = levels[start]
        start += len(cluster)
        before = found[-1] if found else None
        if cluster.isspace() and before is not None and before.level == level and script != EMOJI:
            face = before.face
        else:
            face = next((face for face in faces if not face.missing(cluster)), faces[0])
        shaping = Shaping(bool(level % 2), script if script != COMMON else None, language)
        if before is not None and (before.face, before.shaping, before.level) == (face, shaping, level):
            found[-1] = Run(face, before.text + cluster, before.tracking_em, shaping, level)
        else:
            found.append(Run(face, cluster, tracking_em if script in _TRACKED else 0.0, shaping, level))
    return tuple(in_visual_order(found, [run.level for run in found]))


def _resolved(scripts: Sequence[str]) -> list[str]:
    """Common characters take the script before them, at the start the one behind (UAX 24, section 5.2)."""
    first = next((script for script in scripts if script != COMMON), COMMON)
    found: list[str] = []
    for script in scripts:
        found.append((found[-1] if found else first) if script == COMMON else script)
    return found

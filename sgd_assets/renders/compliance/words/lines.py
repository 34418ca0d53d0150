"""Every text of a picture in one form: as it was set where the scene is known, else as it was read from the pixels.

What must not live here: any verdict on one.
"""

from dataclasses import dataclass

import numpy as np

from sgd_assets.renders.compliance.boxes import Box, Pixels, whole
from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.words.contrast_on_picture import contrast_on_picture
from sgd_assets.renders.compliance.words.contrast_seen import contrast_seen, ink_and_ground
from sgd_assets.renders.compliance.words.spelling import plain
from sgd_assets.renders.compose.scene import TextPlacement
from sgd_resources.colour import contrast, delta_e_2000, hex_of, rgb_of
from sgd_resources.ports.sight import LineSeen

_SURE = 0.9
"""Score of the reader from which a line counts as words; motifs are read as letters with less."""
_LEAST_LETTERS = 2
"""A letter alone is as likely a disc or a bar of a pattern."""
_WHOLE_STRENGTH = 0.85
"""Of ink: from here on it is as it was drawn, but for what coding takes from thin strokes."""
EM_OF_INK = 1.1  # a line's em against its ink from the top of capitals to the foot of descenders
_READ_MARGIN = 0.9  # inks read from pixels alone are paler than they were drawn, the thinner the more


@dataclass(frozen=True)
class Line:
    """A text, its ink against its worst ground, and how large it is set."""

    name: str
    """For sentences: "headline", or the words themselves."""
    text: str
    box: Box
    size_px: float
    ratio: float
    ink_hex: str
    ground_hex: str
    margin: float = 1.0
    """Share of a limit that still passes: what the way of measuring loses."""


def lines_of(case: Case) -> tuple[Line, ...] | None:
    """Every text; None where the scene is not known and nobody read the picture."""
    return case.once(_lines)


def _lines(case: Case) -> tuple[Line, ...] | None:
    if case.scene is not None:
        return tuple(_set_line(case, text) for text in case.scene.texts)
    if case.seen.lines is None:
        return None
    found = (_read_line(case, line) for line in words_read(case))
    return tuple(line for line in found if line is not None)


def words_read(case: Case) -> tuple[LineSeen, ...]:
    """Lines that are words of the picture: sure, of letters, and neither the logo's own nor a photograph's."""
    lines = case.seen.lines or ()
    return tuple(
        line
        for line in lines
        if line.confidence >= _SURE and len(plain(line.text)) >= _LEAST_LETTERS and not is_of_logo(case, line)
    )


def too_small_to_read(case: Case) -> tuple[LineSeen, ...]:
    """Writing that was seen and could not be read for sure: no line that was read, and not the logo's own."""
    known = words_read(case)
    return tuple(
        line
        for line in case.seen.small_lines
        if not is_of_logo(case, line) and not any(_inside(line.box, other.box) > 0.3 for other in known)
    )


def is_of_logo(case: Case, line: LineSeen) -> bool:
    """Whether a line that was read is the logo's own writing: one that stands as it was placed is not looked for."""
    placed = case.scene.logo if case.scene is not None else None
    boxes = [logo.box for logo in (case.seen.logo, placed) if logo is not None]
    return any(_inside(line.box, box) > 0.5 for box in boxes)


def shown(text: str) -> str:
    """Words in quotation marks, cut to what fits a sentence."""
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"


def _set_line(case: Case, text: TextPlacement) -> Line:
    x0, y0, x1, y1 = whole(text.box, case.pixels)
    box = case.pixels[y0:y1, x0:x1]
    ratio = _set_ratio(case, text, box, (x0, y0)) if box.size else 1.0
    if box.size and case.surface is not None and case.surface.is_lossy:
        ratio = max(ratio, _ratio_of_drawn(case, text, box))
    return Line(text.role, " ".join(text.text.lines), text.box, text.text.size_px, ratio, text.hex, text.ground_hex)


def _set_ratio(case: Case, text: TextPlacement, box: Pixels, corner: tuple[int, int]) -> float:
    assert case.scene is not None
    backdrop = case.scene.backdrop
    if backdrop is not None and case.painter is not None and text.ground_hex == backdrop.ground_hex:
        is_lossy = _is_coded_with_loss(box, text.hex)
        return contrast_on_picture(box, corner, text, case.painter, is_lossy=is_lossy)
    return contrast_seen(box, text.hex)


def _is_coded_with_loss(box: Pixels, ink_hex: str) -> bool:
    """Drawn ink holds its colour exactly; coded with loss it hardly anywhere does."""
    away = np.abs(box[..., :3].astype(np.int16) - np.array(rgb_of(ink_hex), np.int16)).max(axis=-1)
    near = int((away <= 40).sum())
    return bool(near) and int((away == 0).sum()) < 0.25 * near


def _ratio_of_drawn(case: Case, text: TextPlacement, box: Pixels) -> float:
    """Coding pales thin strokes; where the words stand as they were drawn, their ink is as strong as all of it says."""
    drawn = next((found for other, found in case.drawn_differences if other is text and not found.is_other), None)
    if drawn is None:
        return 1.0
    ground = ink_and_ground(box[..., :3])[1]
    if drawn.strength >= _WHOLE_STRENGTH:
        return contrast(text.hex, ground)
    shown, under = np.array(rgb_of(text.hex), float), np.array(rgb_of(ground), float)
    return contrast(hex_of(*(under + drawn.strength * (shown - under)).tolist()), ground)


def _read_line(case: Case, line: LineSeen) -> Line | None:
    x0, y0, x1, y1 = whole(line.box, case.pixels)
    if x1 - x0 < 3 or y1 - y0 < 3:
        return None
    ink, ground = ink_and_ground(case.pixels[y0:y1, x0:x1, :3])
    near = min(case.allowed, key=lambda value: delta_e_2000(value, ink), default=ink)
    ratio = contrast(ink, ground)
    if delta_e_2000(near, ink) < 12 and near != ground:
        ratio = max(ratio, min(contrast(near, ground), ratio * 1.25))
    return Line(
        f"text {shown(line.text)}", line.text, line.box, line.ink_px * EM_OF_INK, ratio, ink, ground, _READ_MARGIN
    )


def _inside(inner: Box, outer: Box) -> float:
    wide = min(inner[2], outer[2]) - max(inner[0], outer[0])
    high = min(inner[3], outer[3]) - max(inner[1], outer[1])
    area = (inner[2] - inner[0]) * (inner[3] - inner[1])
    return float(max(wide, 0.0) * max(high, 0.0) / area) if area > 0 else 0.0

"""Layouts with one picture under the whole page: words and logo on a veil that comes from one edge or two.

The picture is cropped so that its subject is seen beside them; families without a side of their own take the one that
hides the least of it.
What must not live here: how strong the veil is (`compose/backdrop/veil.py`).
"""

from sgd_assets.renders.brief.model import Corner
from sgd_assets.renders.compose.backdrop.window import Shares, Window, best_window
from sgd_assets.renders.compose.layouts.narrow import in_a_row
from sgd_assets.renders.compose.parts.boxes import Rect, Side, cut
from sgd_assets.renders.compose.parts.canvas import Canvas
from sgd_assets.renders.compose.parts.column import Block, set_column
from sgd_assets.renders.compose.parts.elements import only, without
from sgd_assets.renders.compose.parts.page import page
from sgd_assets.renders.compose.parts.seat import seat
from sgd_assets.renders.compose.scene import Backdrop, LogoPlacement, Scene, Shade
from sgd_assets.renders.model import PictureEdit
from sgd_resources.colour import contrast, oklch_of

_HEAD = ("headline", "body", "attribution")
_TURNED = 0.12  # of the subject: so much more of it must the other side show to be taken


def bleed_foot(canvas: Canvas) -> Scene:
    """A picture over the whole page, words and logo on a veil at its foot."""
    return _rows(canvas, "bottom")


def bleed_head(canvas: Canvas) -> Scene:
    """A picture over the whole page, words and logo on a veil at its head."""
    return _rows(canvas, "top")


def bleed_ends(canvas: Canvas) -> Scene:
    """A picture over the whole page, its middle free: logo and headline at the head, the rest at the foot."""
    details = without(canvas.elements, *_HEAD)
    is_low = "bottom" in (canvas.plan.logo_corner or "top")
    head = only(canvas.elements, *_HEAD)
    upper, lower = _strip(canvas, "top", 0.48), _strip(canvas, "bottom", 0.44)
    zone = lower if is_low else upper
    logo, area = seat(canvas, zone, "top-left", widest=0.6)
    above = area if not is_low else _inner(canvas, upper)
    below = area if is_low else _inner(canvas, lower)
    if not details:
        head, details = (), canvas.elements
    first = set_column(canvas, above, head, largest=canvas.short * 0.13)
    rest = set_column(canvas, below, details, largest=canvas.short * 0.12, vertical="bottom")
    shades = (*_shades(canvas, "top", (first,), logo), *_shades(canvas, "bottom", (rest,), logo))
    return page(canvas, logo, first, rest, backdrop=_backdrop(canvas, shades))


def bleed_side(canvas: Canvas) -> Scene:
    """A picture over the whole page, words and logo on a veil at the side that hides the least of it."""
    return _columns(canvas, is_toned=False)


def bleed_tones(canvas: Canvas) -> Scene:
    """A picture over the whole page in two colours of the brand, words and logo on the calmer of them."""
    if canvas.width > canvas.height * 1.2:
        return _columns(canvas, is_toned=True)
    return _rows(canvas, "bottom", is_toned=True)


def banner_bleed(canvas: Canvas) -> Scene:
    """A picture over the whole banner, words and logo on a veil at one end."""
    return _banner(canvas, is_toned=False)


def banner_bleed_tones(canvas: Canvas) -> Scene:
    """A picture over the whole banner in two colours of the brand, words and logo at one end."""
    return _banner(canvas, is_toned=True)


def picture(canvas: Canvas) -> Scene:
    """The picture alone, over the whole page."""
    return page(canvas, None, Block(dropped=canvas.elements), backdrop=_backdrop(canvas, ()))


def _rows(canvas: Canvas, side: Side, *, is_toned: bool = False) -> Scene:
    """Words and logo in a strip over the full width."""
    if canvas.plan.logo_corner is not None:
        side = "top" if "top" in canvas.plan.logo_corner else "bottom"
    elif canvas.plan.picture_edit is not None or is_toned:  # others have a family for each side
        side = _calmer(canvas, side, "top" if side == "bottom" else "bottom", 0.5)
    zone = _strip(canvas, side, 0.78)
    is_wide = canvas.width > canvas.height * 1.2
    usual: Corner = "top-left" if side == "top" else "bottom-right" if is_wide else "bottom-left"
    logo, area = seat(canvas, zone, usual, widest=0.5)
    if canvas.height >= canvas.width * 0.8 or not is_wide:
        _, area = cut(area, "top" if side == "bottom" else "bottom", (area[3] - area[1]) * 0.2)
    words = set_column(
        canvas, area, canvas.elements, largest=canvas.short * 0.13, vertical="bottom" if side == "bottom" else "top"
    )
    return page(
        canvas, logo, words, backdrop=_backdrop(canvas, _shades(canvas, side, (words,), logo), is_toned=is_toned)
    )


def _columns(canvas: Canvas, *, is_toned: bool) -> Scene:
    """Words and logo in a column over the full height."""
    side = _asked_side(canvas) or _calmer(canvas, "left", "right", 0.55)
    share = 0.52 if canvas.width > canvas.height * 1.2 else 0.6
    zone, _ = cut(canvas.box, side, canvas.width * share)
    logo, area = seat(canvas, zone, "top-left", widest=0.62)
    words = set_column(canvas, area, canvas.elements, largest=canvas.short * 0.13, vertical="bottom")
    return page(
        canvas, logo, words, backdrop=_backdrop(canvas, _shades(canvas, side, (words,), logo), is_toned=is_toned)
    )


def _banner(canvas: Canvas, *, is_toned: bool) -> Scene:
    side = _asked_side(canvas) or _calmer(canvas, "left", "right", 0.7)
    zone, _ = cut(canvas.box, side, canvas.width * (0.76 if len(canvas.elements) < 5 else 0.84))
    logo, area = seat(canvas, zone, side if side in ("left", "right") else "left", widest=0.26)
    blocks = in_a_row(canvas, area)
    return page(
        canvas, logo, *blocks, backdrop=_backdrop(canvas, _shades(canvas, side, blocks, logo), is_toned=is_toned)
    )


def _asked_side(canvas: Canvas) -> Side | None:
    """Where the logo was asked to stand, words stand too."""
    place = canvas.plan.logo_corner or ""
    return "left" if "left" in place else "right" if "right" in place else None


def _calmer(canvas: Canvas, first: Side, second: Side, share: float) -> Side:
    """The side where words cover less of the subject; the first of two that are much alike."""
    if canvas.sight is None:
        return first
    shown = [_window(canvas, (_edge(side, share),)).seen for side in (first, second)]
    return second if shown[1] > shown[0] + _TURNED else first


def _edge(side: Side, share: float) -> Shares:
    return {
        "left": (0.0, 0.0, share, 1.0), "right": (1.0 - share, 0.0, 1.0, 1.0),
        "top": (0.0, 0.0, 1.0, share), "bottom": (0.0, 1.0 - share, 1.0, 1.0),
    }[side]  # fmt: skip


def _strip(canvas: Canvas, side: Side, share: float) -> Rect:
    return cut(canvas.box, side, canvas.height * share)[0]


def _inner(canvas: Canvas, box: Rect) -> Rect:
    m = canvas.margin
    return box[0] + m, box[1] + m, box[2] - m, box[3] - m


def _shades(canvas: Canvas, side: Side, blocks: tuple[Block, ...], logo: LogoPlacement | None) -> tuple[Shade, ...]:
    """The veil from one edge past all that stands at it; none where nothing does."""
    boxes = [text.box for block in blocks for text in block.texts]
    if logo is not None and logo.band is None and _is_at(canvas, side, logo, is_alone=not boxes):
        boxes.append(logo.clear_box)
    if not boxes:
        return ()
    length = canvas.height if side in ("top", "bottom") else canvas.width
    reach = {
        "top": max(box[3] for box in boxes), "bottom": canvas.height - min(box[1] for box in boxes),
        "left": max(box[2] for box in boxes), "right": canvas.width - min(box[0] for box in boxes),
    }[side]  # fmt: skip
    depth = min(float(length), reach + canvas.margin * 0.6)
    return (Shade(side, depth, max(length * 0.16, min(length - depth, length * 0.34))),)


def _is_at(canvas: Canvas, side: Side, logo: LogoPlacement, *, is_alone: bool) -> bool:
    """Whether the logo stands in the half of the page that the veil comes from."""
    if side in ("left", "right"):
        return True
    y = (logo.box[1] + logo.box[3]) / 2
    return (y < canvas.height / 2) == (side == "top") or is_alone


def _backdrop(canvas: Canvas, shades: tuple[Shade, ...], *, is_toned: bool = False) -> Backdrop:
    covered = tuple(
        _edge(shade.side, shade.depth / (canvas.height if shade.side in ("top", "bottom") else canvas.width))
        for shade in shades
    )
    edit = canvas.plan.picture_edit or PictureEdit()
    return Backdrop(
        canvas.picture_keys[0], canvas.background, _window(canvas, covered), shades,
        edit.duotone_hex or (_duotone(canvas) if is_toned else None),
        is_extended=edit.fit == "extend", replaced=tuple((one.was, one.hex) for one in edit.colours),
    )  # fmt: skip


def _window(canvas: Canvas, covered: tuple[Shares, ...]) -> Window:
    if canvas.sight is None:
        return Window()
    return best_window(canvas.sight, canvas.width, canvas.height, covered)


def _duotone(canvas: Canvas) -> tuple[str, str] | None:
    """The page's ground and the palette's liveliest colour that is far from it in light; None where there is none."""
    ground = canvas.background
    others = [c for c in canvas.plan.palette_hex if contrast(c, ground) >= 2.2]
    if not others:
        return None
    other = max(others, key=lambda c: oklch_of(c)[1] + 0.02 * min(contrast(c, ground), 7.0))
    pair = sorted((ground, other), key=lambda c: oklch_of(c)[0])
    return pair[0], pair[1]

"""Writes a sample brand's guideline as a PDF of ten landscape pages, the way a design studio would hand it over."""

import io
from dataclasses import dataclass

from tools.sample_kit.brands import Brand, Swatch
from tools.sample_kit.logos import Logo, lockup, symbol
from tools.sample_kit.sheet import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, Sheet, Type, TypeScale, register_type

_OFF_BRAND = ("#8E24AA", "#FF1493", "#00BCD4")
_CONTENT_TOP = 172.0


@dataclass
class _Guide:
    brand: Brand
    sheet: Sheet
    type: TypeScale
    page: int = 0

    def open_page(self, title: str, ground: str, ink: str) -> None:
        """Ground, running head, title and folio."""
        self.page += 1
        self.sheet.rect(0, 0, PAGE_WIDTH, PAGE_HEIGHT, ground)
        self.sheet.text(MARGIN, 48, f"{self.brand.name} brand guidelines", self.type.label, ink)
        self.sheet.text(PAGE_WIDTH - MARGIN - 12, 48, f"{self.page:02d}", self.type.label, ink)
        self.sheet.paragraph(MARGIN, 108, 520, title, self.type.title, ink)


def write_guideline(brand: Brand) -> bytes:
    """The PDF's bytes; the same on every machine with the same fonts."""
    out = io.BytesIO()
    sheet = Sheet(out, title=f"{brand.name} brand guidelines", author=brand.name)
    guide = _Guide(brand, sheet, register_type(brand))
    for draw in (_cover, _idea, _logo, _clear_space, _misuse, _palette, _proportions, _typography, _voice, _in_use):
        draw(guide)
        sheet.next_page()
    sheet.save()
    return out.getvalue()


def _cover(guide: _Guide) -> None:
    guide.page += 1
    brand, sheet = guide.brand, guide.sheet
    sheet.rect(0, 0, PAGE_WIDTH, PAGE_HEIGHT, brand.primary)
    mark = symbol(brand, reversed_out=True)
    sheet.clip(0, 0, PAGE_WIDTH, PAGE_HEIGHT)
    sheet.logo(mark, 470, 60, 640)
    sheet.unclip()
    sheet.text(MARGIN, 120, brand.name, guide.type.cover, brand.light)
    sheet.text(MARGIN, 160, "Brand guidelines", guide.type.lead, brand.light)
    sheet.paragraph(MARGIN, PAGE_HEIGHT - 72, 300, brand.strapline, guide.type.body, brand.light)
    sheet.text(MARGIN, PAGE_HEIGHT - 48, "Edition 3", guide.type.label, brand.light)


def _idea(guide: _Guide) -> None:
    brand, sheet = guide.brand, guide.sheet
    guide.open_page("The idea", brand.light, brand.dark)
    sheet.paragraph(MARGIN, _CONTENT_TOP + 20, 640, brand.about, Type(guide.type.lead.font, 24, 34), brand.primary)
    column = (PAGE_WIDTH - 2 * MARGIN - 2 * 32) / 3
    for index, (heading, words) in enumerate(brand.principles):
        x = MARGIN + index * (column + 32)
        sheet.rect(x, 420, 40, 4, brand.hex_of("accent"))
        sheet.text(x, 450, heading, guide.type.heading, brand.dark)
        sheet.paragraph(x, 472, column, words, guide.type.body, brand.dark)


def _logo(guide: _Guide) -> None:
    brand, sheet = guide.brand, guide.sheet
    guide.open_page("Logo", brand.light, brand.dark)
    half = (PAGE_WIDTH - 2 * MARGIN - 24) / 2
    for index, (ground, reversed_out, caption) in enumerate(
        (("#FFFFFF", False, "Full colour, on light grounds"), (brand.primary, True, "Reversed, on dark grounds"))
    ):
        x = MARGIN + index * (half + 24)
        sheet.rect(x, 150, half, 250, ground)
        art = lockup(brand, reversed_out=reversed_out)
        height = min(78.0, (half - 110) / art.width * art.height)
        sheet.logo(art, x + (half - art.width * height / art.height) / 2, 275 - height / 2, height)
        sheet.text(x, 420, caption, guide.type.label, brand.dark)
    sheet.text(MARGIN, 464, "Do", guide.type.heading, brand.dark)
    y = 486.0
    for rule in brand.logo_dos:
        sheet.text(MARGIN, y, rule, guide.type.body, brand.dark)
        y += 18
    sheet.text(MARGIN + half + 24, 464, "Files", guide.type.heading, brand.dark)
    sheet.paragraph(
        MARGIN + half + 24, 486, half,
        f"{brand.slug}-logo.svg and {brand.slug}-logo.png for light grounds, "
        f"{brand.slug}-logo-reversed.svg for dark ones. Never redraw them.",
        guide.type.body, brand.dark,
    )  # fmt: skip


def _clear_space(guide: _Guide) -> None:
    brand, sheet = guide.brand, guide.sheet
    guide.open_page("Clear space and minimum size", brand.light, brand.dark)
    art = lockup(brand)
    sheet.rect(MARGIN, 150, 540, 330, "#FFFFFF")
    height = min(92.0, 360 / art.width * art.height)
    width = art.width * height / art.height
    space = brand.clear_space_ratio * height
    x, y = MARGIN + 270 - width / 2, 315 - height / 2
    sheet.frame(x - space, y - space, width + 2 * space, height + 2 * space, brand.hex_of("neutral"), dash=True)
    sheet.frame(x, y, width, height, brand.hex_of("neutral"), line=0.4)
    sheet.logo(art, x, y, height)
    for cx, cy in (
        (x - space / 2, y + height / 2),
        (x + width + space / 2, y + height / 2),
        (x + width / 2, y - space / 2),
        (x + width / 2, y + height + space / 2),
    ):
        sheet.text(cx - 2.4, cy + 3, "x", guide.type.label, brand.dark)
    right = MARGIN + 580
    column = PAGE_WIDTH - MARGIN - right
    sheet.text(right, 166, "Clear space", guide.type.heading, brand.dark)
    end = sheet.paragraph(right, 188, column, brand.clear_space, guide.type.body, brand.dark)
    sheet.paragraph(
        right,
        end + 4,
        column,
        "Nothing else may stand inside it: no text, no edge, no other logo.",
        guide.type.body,
        brand.dark,
    )
    sheet.text(right, 320, "Minimum size", guide.type.heading, brand.dark)
    sheet.paragraph(right, 342, column, brand.minimum_size, guide.type.body, brand.dark)
    for index, size in enumerate((48.0, 32.0, float(brand.minimum_px) * 0.75)):
        sheet.logo(art, right, 400 + (0, 62, 108)[index] * 0.72, size * 0.62)


def _misuse(guide: _Guide) -> None:
    brand, sheet = guide.brand, guide.sheet
    guide.open_page("Logo misuse", "#FFFFFF", brand.dark)
    art = lockup(brand)
    column, row = (PAGE_WIDTH - 2 * MARGIN - 2 * 24) / 3, 168.0
    for index, rule in enumerate(brand.logo_donts):
        x = MARGIN + (index % 3) * (column + 24)
        y = 146 + (index // 3) * (row + 44)
        sheet.rect(x, y, column, row, "#F3F3F1")
        _misused_logo(guide, art, index, x, y, column, row)
        sheet.line(x, y + row + 12, x + 8, y + row + 20, "#D32F2F", line=1.6)
        sheet.line(x + 8, y + row + 12, x, y + row + 20, "#D32F2F", line=1.6)
        sheet.text(x + 16, y + row + 20, rule, guide.type.label, brand.dark)


def _misused_logo(guide: _Guide, art: Logo, index: int, x: float, y: float, width: float, height: float) -> None:
    sheet = guide.sheet
    size = min(44.0, 170 / art.width * art.height)
    wide = art.width * size / art.height
    left, top = x + (width - wide) / 2, y + (height - size) / 2
    if index == 0:
        sheet.logo(art, left, top, size, recolour=_OFF_BRAND)
    elif index == 1:
        sheet.logo(art, x + (width - wide * 1.35) / 2, top, size, stretch=1.35)
    elif index == 2:
        sheet.logo(art, left + 14, top + 28, size, angle=14)
    elif index == 3:
        sheet.logo(art, left + 5, top + 5, size, recolour=("#9E9E9E",))
        sheet.logo(art, left, top, size)
    elif index == 4:
        sheet.clip(x, y, width, height)
        for step in range(26):
            colour = ("#FF7043", "#7E57C2", "#FFEE58", "#26C6DA")[step % 4]
            sheet.rect(x + (step * 53) % width - 20, y + (step * 37) % height - 14, 64, 44, colour)
        sheet.unclip()
        sheet.logo(art, left, top, size)
    else:
        mark = symbol(guide.brand)
        gap = sheet.logo(mark, left, top, size) + 12
        sheet.text(
            left + gap,
            top + size * 0.7,
            guide.brand.name,
            Type("Times-BoldItalic", size * 0.78, size),
            guide.brand.primary,
        )


def _palette(guide: _Guide) -> None:
    brand, sheet = guide.brand, guide.sheet
    guide.open_page("Palette", "#FFFFFF", brand.dark)
    column = (PAGE_WIDTH - 2 * MARGIN - 5 * 14) / 6
    for index, swatch in enumerate(brand.swatches):
        x = MARGIN + index * (column + 14)
        sheet.rect(x, 146, column, 210, swatch.hex)
        if swatch.role == "background":
            sheet.frame(x, 146, column, 210, brand.hex_of("neutral"), line=0.4)
        _swatch_caption(guide, swatch, x, 376, column)
    sheet.paragraph(
        MARGIN, 552, 620, "RGB and hex are for screens and lead. CMYK is for coated stock; "
        "spot colours where the printer has them.",
        guide.type.label, brand.dark,
    )  # fmt: skip


def _swatch_caption(guide: _Guide, swatch: Swatch, x: float, y: float, column: float) -> None:
    sheet, ink = guide.sheet, guide.brand.dark
    sheet.text(x, y, swatch.name, guide.type.heading, ink)
    lines = [f"HEX {swatch.hex}", "RGB " + " ".join(map(str, swatch.rgb)), "CMYK " + " ".join(map(str, swatch.cmyk))]
    if swatch.spot:
        lines.append(swatch.spot)
    for number, words in enumerate(lines):
        sheet.text(x, y + 20 + number * 14, words, guide.type.label, ink)
    # The two strips show the same colour as the press would take it.
    sheet.cmyk_rect(x, y + 92, column / 2 - 2, 18, swatch)
    sheet.text(x, y + 122, "CMYK", Type(guide.type.label.font, 6.5, 8), ink)
    if swatch.spot:
        sheet.spot_rect(x + column / 2 + 2, y + 92, column / 2 - 2, 18, swatch)
        sheet.text(x + column / 2 + 2, y + 122, "Spot", Type(guide.type.label.font, 6.5, 8), ink)


def _proportions(guide: _Guide) -> None:
    brand, sheet = guide.brand, guide.sheet
    guide.open_page("Colour in use", brand.light, brand.dark)
    y = 150.0
    # White panel behind: the lightest colour would vanish on its own ground.
    sheet.rect(MARGIN - 1, 149, 382, 392, "#FFFFFF")
    for swatch in brand.swatches:
        share = {
            "background": 170,
            "primary": 110,
            "secondary": 36,
            "accent": 26,
            "accent2": 18,
            "neutral": 30,
            "text": 18,
        }[swatch.role]
        sheet.rect(MARGIN, y, 380, share, swatch.hex)
        y += share
    right = MARGIN + 436
    column = PAGE_WIDTH - MARGIN - right
    for index, swatch in enumerate(s for s in brand.swatches if s.role != "background"):
        line = 152 + index * 58
        sheet.rect(right, line, 34, 34, swatch.hex, radius=17)
        sheet.text(right + 50, line + 14, swatch.name, guide.type.heading, brand.dark)
        sheet.paragraph(right + 50, line + 32, column - 50, swatch.use, guide.type.body, brand.dark)


def _typography(guide: _Guide) -> None:
    brand, sheet = guide.brand, guide.sheet
    guide.open_page("Typography", "#FFFFFF", brand.dark)
    half = (PAGE_WIDTH - 2 * MARGIN - 40) / 2
    columns = (
        (
            brand.heading_family,
            guide.type.title.font,
            "Headlines and figures",
            "Set tight, in sentence case, never in capitals.",
        ),
        (
            brand.body_family,
            guide.type.body.font,
            "Text and captions",
            "Set at 16 px or larger on screen, with room between the lines.",
        ),
    )
    for index, (family, font, purpose, rule) in enumerate(columns):
        x = MARGIN + index * (half + 40)
        sheet.text(x, 268, "Aa", Type(font, 132, 132), brand.primary)
        sheet.line(x, 304, x + half, 304, brand.hex_of("neutral"))
        sheet.text(x, 338, family, Type(font, 26, 30), brand.dark)
        sheet.text(x, 362, purpose, guide.type.heading, brand.dark)
        sheet.paragraph(x, 382, half, rule, guide.type.body, brand.dark)
        sheet.paragraph(
            x,
            424,
            half,
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 &?%",
            Type(font, 15, 23),
            brand.dark,
        )
    sheet.text(
        MARGIN, 540, f"{brand.heading_family} is our headline typeface. {brand.body_family} is our text typeface. "
        "Both are open fonts (OFL 1.1).",
        guide.type.label, brand.dark,
    )  # fmt: skip


def _voice(guide: _Guide) -> None:
    brand, sheet = guide.brand, guide.sheet
    guide.open_page("Voice and tone", brand.light, brand.dark)
    sheet.paragraph(MARGIN, _CONTENT_TOP, 700, brand.tone, Type(guide.type.lead.font, 21, 30), brand.primary)
    half = (PAGE_WIDTH - 2 * MARGIN - 40) / 2
    for index, (heading, rules, accent) in enumerate(
        (("Do", brand.dos, "accent"), ("Don't", brand.donts, "secondary"))
    ):
        x = MARGIN + index * (half + 40)
        sheet.rect(x, 286, half, 3, brand.hex_of(accent))
        sheet.text(x, 314, heading, Type(guide.type.title.font, 18, 22), brand.dark)
        y = 340.0
        for rule in rules:
            y = sheet.paragraph(x, y, half, rule, guide.type.body, brand.dark) + 4
    y = 466.0
    for wrong, right in brand.rewrites:
        sheet.text(MARGIN, y, "Not", guide.type.strong, brand.hex_of("secondary"))
        sheet.paragraph(MARGIN + 40, y, half - 40, wrong, guide.type.body, brand.dark)
        sheet.text(MARGIN + half + 40, y, "But", guide.type.strong, brand.primary)
        sheet.paragraph(MARGIN + half + 80, y, half - 40, right, guide.type.body, brand.dark)
        y += 42


def _in_use(guide: _Guide) -> None:
    brand, sheet = guide.brand, guide.sheet
    guide.open_page("In use", "#FFFFFF", brand.dark)
    _poster(guide, MARGIN, 146, 290, 390, brand.primary, brand.light)
    _poster(guide, MARGIN + 314, 146, 290, 390, brand.light, brand.primary)
    x = MARGIN + 628
    width = PAGE_WIDTH - MARGIN - x
    sheet.rect(x, 146, width, 183, brand.hex_of("neutral"))
    sheet.clip(x, 146, width, 183)
    sheet.logo(symbol(brand, reversed_out=True), x + width * 0.35, 180, 210)
    sheet.unclip()
    sheet.rect(x, 353, width, 183, brand.dark)
    art = lockup(brand, reversed_out=True)
    sheet.logo(art, x + 28, 432, min(30.0, (width - 56) / art.width * art.height))


def _poster(guide: _Guide, x: float, y: float, width: float, height: float, ground: str, ink: str) -> None:
    brand, sheet = guide.brand, guide.sheet
    sheet.rect(x, y, width, height, ground)
    is_dark = ink == brand.light
    sheet.clip(x, y, width, height)
    sheet.logo(symbol(brand, reversed_out=is_dark), x + width * 0.42, y + height * 0.40, 300)
    sheet.unclip()
    end = sheet.paragraph(x + 24, y + 58, width - 48, brand.headline, Type(guide.type.title.font, 36, 38), ink)
    sheet.paragraph(x + 24, end - 12, 170, brand.subline, Type(guide.type.body.font, 9, 13), ink)

"""The sample brand's Word voice guide and PowerPoint template; the same bytes on every run."""

import io
import zipfile
from datetime import datetime

from docx import Document
from docx.shared import Pt, RGBColor
from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor as SlideColor
from pptx.util import Emu
from pptx.util import Pt as SlidePt

from tools.sample_kit.brands import Brand

_FIXED = datetime(2026, 1, 1)  # noqa: DTZ001 -- Office properties hold naive times; a fixed one keeps the bytes the same
_ZIP_DATE = (2026, 1, 1, 0, 0, 0)
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_THEME_SLOTS = ("accent1", "accent2", "accent3", "accent4")


def write_voice_guide(brand: Brand) -> bytes:
    """A DOCX with the tone, dos, don'ts and rewrites."""
    document = Document()
    styles = document.styles
    styles["Normal"].font.name = brand.body_family
    styles["Normal"].font.size = Pt(11)
    for style in ("Title", "Heading 1"):
        styles[style].font.name = brand.heading_family
        styles[style].font.color.rgb = RGBColor.from_string(brand.primary[1:])
    document.add_heading(f"{brand.name} voice and tone", 0)
    document.add_paragraph(brand.tone)
    for heading, rules in (("Do", brand.dos), ("Don't", brand.donts)):
        document.add_heading(heading, 1)
        for rule in rules:
            document.add_paragraph(rule, style="List Bullet")
    document.add_heading("Instead of this, write that", 1)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Not", "But"
    for wrong, right in brand.rewrites:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = wrong, right
    _fix_properties(document.core_properties, brand)
    out = io.BytesIO()
    document.save(out)
    return _repack(out.getvalue())


def write_slide_template(brand: Brand) -> bytes:
    """A PPTX with the brand's theme colours and fonts, a cover and a content slide."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(12_192_000), Emu(6_858_000)
    cover = deck.slides.add_slide(deck.slide_layouts[6])
    cover.background.fill.solid()
    cover.background.fill.fore_color.rgb = _slide_colour(brand.primary)
    _text(cover, 700_000, 2_300_000, brand.headline, 54, brand.heading_family, brand.light)
    _text(cover, 700_000, 4_300_000, brand.subline, 18, brand.body_family, brand.light)
    content = deck.slides.add_slide(deck.slide_layouts[6])
    content.background.fill.solid()
    content.background.fill.fore_color.rgb = _slide_colour(brand.light)
    _text(content, 700_000, 600_000, brand.principles[0][0], 32, brand.heading_family, brand.primary)
    _text(content, 700_000, 1_900_000, brand.principles[0][1], 20, brand.body_family, brand.dark)
    _fix_properties(deck.core_properties, brand)
    out = io.BytesIO()
    deck.save(out)
    return _repack(out.getvalue(), theme=brand)


def _text(slide: object, left: int, top: int, words: str, size_pt: int, family: str, hex_value: str) -> None:
    box = slide.shapes.add_textbox(Emu(left), Emu(top), Emu(9_800_000), Emu(1_600_000))  # type: ignore[attr-defined]  # python-pptx ships no types
    box.text_frame.word_wrap = True
    run = box.text_frame.paragraphs[0].add_run()
    run.text = words
    run.font.size, run.font.name = SlidePt(size_pt), family
    run.font.color.rgb = _slide_colour(hex_value)


def _slide_colour(hex_value: str) -> SlideColor:
    return SlideColor(*bytes.fromhex(hex_value[1:]))  # type: ignore[no-untyped-call]  # python-pptx ships no types


def _fix_properties(properties: object, brand: Brand) -> None:
    for name, value in (
        ("author", brand.name), ("last_modified_by", brand.name), ("created", _FIXED), ("modified", _FIXED),
        ("revision", 1), ("title", f"{brand.name} template"), ("comments", ""),
    ):  # fmt: skip
        setattr(properties, name, value)


def _themed(xml: bytes, brand: Brand) -> bytes:
    root = etree.fromstring(xml)
    root.set("name", brand.name)
    scheme = root.find(f".//{_A}clrScheme")
    fonts = root.find(f".//{_A}fontScheme")
    assert scheme is not None
    assert fonts is not None
    scheme.set("name", brand.name)
    fonts.set("name", brand.name)
    accents = [s.hex for s in brand.swatches if s.role not in ("background", "text")]
    values = {"dk1": brand.dark, "lt1": "#FFFFFF", "dk2": brand.primary, "lt2": brand.light}
    values["hlink"] = brand.hex_of("secondary")
    values |= dict(zip(_THEME_SLOTS, accents, strict=False))
    for slot, hex_value in values.items():
        element = scheme.find(f"{_A}{slot}")
        assert element is not None
        for child in list(element):
            element.remove(child)
        etree.SubElement(element, f"{_A}srgbClr").set("val", hex_value[1:])
    for part, family in (("majorFont", brand.heading_family), ("minorFont", brand.body_family)):
        latin = fonts.find(f"{_A}{part}/{_A}latin")
        assert latin is not None
        latin.set("typeface", family)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _repack(data: bytes, *, theme: Brand | None = None) -> bytes:
    """The package with fixed entry times, and the theme replaced when a brand is given."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if theme is not None and entry.filename.startswith("ppt/theme/theme"):
                content = _themed(content, theme)
            info = zipfile.ZipInfo(entry.filename, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            target.writestr(info, content)
    return out.getvalue()

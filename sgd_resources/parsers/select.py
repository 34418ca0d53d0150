"""Chooses the parser of a file by its detected media type. The one place that lists formats.

A format's version is computed from what reads it (`code_versions`), so that a changed rule reads its files again and no
others.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from sgd_resources.code_versions.version import version_of
from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import ParsedDocument
from sgd_resources.parsers import font_file, plain_text, separated_values
from sgd_resources.parsers.budget import keep_within_budget
from sgd_resources.parsers.fold import fold_colours, fold_fonts
from sgd_resources.parsers.markup import asciidoc, latex, markdown
from sgd_resources.parsers.office import docx, odf, pptx, thmx, xlsx
from sgd_resources.parsers.palettes import adobe_swatches, code_palettes, design_tokens, palette_data
from sgd_resources.parsers.parts import ParsedParts
from sgd_resources.parsers.pdf import document as pdf
from sgd_resources.parsers.pictures import raster_image
from sgd_resources.parsers.web import css, html, svg
from sgd_resources.ports import DocumentParser, ParseRequest
from sgd_resources.settings import Settings


@dataclass(frozen=True)
class _Format:
    name: str
    parse: Callable[[bytes, str], ParsedParts]

    @property
    def version(self) -> str:
        """Of all that makes a document of this format, the folding that formats share included."""
        return f"{self.name}.{version_of(self.parse, _document)}"


_PDF = _Format("pdfium", pdf.parse_pdf)
_HTML = _Format("html", html.parse_html)
_CSS = _Format("css", css.parse_css)
_MARKDOWN = _Format("markdown", markdown.parse_markdown)
_ASCIIDOC = _Format("asciidoc", asciidoc.parse_asciidoc)
_TEXT = _Format("text", plain_text.parse_plain_text)
_TABLE = _Format("table", separated_values.parse_separated_values)
_LATEX = _Format("latex", latex.parse_latex)
_CODE = _Format("code", code_palettes.parse_code_palette)
_DATA = _Format("data", palette_data.parse_palette_data)
_TOKENS = _Format("tokens", design_tokens.parse_design_tokens)
_SVG = _Format("svg", svg.parse_svg)
_DOCX = _Format("docx", docx.parse_docx)
_PPTX = _Format("pptx", pptx.parse_pptx)
_XLSX = _Format("xlsx", xlsx.parse_xlsx)
_ODF = _Format("odf", odf.parse_odf)
_THMX = _Format("thmx", thmx.parse_thmx)
_ASE = _Format("ase", adobe_swatches.parse_adobe_swatches)
_RASTER = _Format("raster", raster_image.parse_raster_image)
_FONT = _Format("font", font_file.parse_font_file)

_OOXML = "application/vnd.openxmlformats-officedocument"
_BY_MEDIA_TYPE = {
    "application/pdf": _PDF,
    "text/html": _HTML,
    "application/xhtml+xml": _HTML,
    "text/css": _CSS,
    "text/x-scss": _CSS,
    "text/x-sass": _CSS,
    "text/x-less": _CSS,
    "text/markdown": _MARKDOWN,
    "text/mdx": _MARKDOWN,
    "text/plain": _TEXT,
    "text/x-tex": _LATEX,
    "application/x-tex": _LATEX,
    "text/csv": _TABLE,
    "application/json": _TOKENS,
    "image/svg+xml": _SVG,
    f"{_OOXML}.wordprocessingml.document": _DOCX,
    f"{_OOXML}.wordprocessingml.template": _DOCX,
    f"{_OOXML}.presentationml.presentation": _PPTX,
    f"{_OOXML}.presentationml.template": _PPTX,
    f"{_OOXML}.presentationml.slideshow": _PPTX,
    f"{_OOXML}.spreadsheetml.sheet": _XLSX,
    f"{_OOXML}.spreadsheetml.template": _XLSX,
    "application/vnd.ms-officetheme": _THMX,
    "application/vnd.oasis.opendocument.text": _ODF,
    "application/vnd.oasis.opendocument.text-template": _ODF,
    "application/vnd.oasis.opendocument.presentation": _ODF,
    "application/vnd.oasis.opendocument.presentation-template": _ODF,
    "application/vnd.oasis.opendocument.graphics": _ODF,
    "application/x-adobe-ase": _ASE,
    "image/png": _RASTER,
    "image/jpeg": _RASTER,
    "image/webp": _RASTER,
    "image/gif": _RASTER,
    "image/tiff": _RASTER,
    "font/ttf": _FONT,
    "font/otf": _FONT,
    "font/sfnt": _FONT,
    "font/woff": _FONT,
    "font/woff2": _FONT,
    "font/collection": _FONT,
    "application/font-sfnt": _FONT,
    "application/vnd.ms-opentype": _FONT,
    "application/x-font-ttf": _FONT,
    "application/x-font-otf": _FONT,
}
_BY_SUFFIX = {
    **dict.fromkeys((".css", ".scss", ".sass", ".less", ".styl"), _CSS),
    **dict.fromkeys((".md", ".mdx", ".markdown", ".rst"), _MARKDOWN),
    **dict.fromkeys((".adoc", ".asciidoc"), _ASCIIDOC),
    **dict.fromkeys((".html", ".htm", ".njk", ".hbs", ".vue"), _HTML),
    **dict.fromkeys((".tex", ".sty", ".cls"), _LATEX),
    **dict.fromkeys((".py", ".r", ".js", ".mjs", ".ts"), _CODE),
    **dict.fromkeys((".yml", ".yaml", ".toml", ".gpl"), _DATA),
    ".txt": _TEXT,
    **dict.fromkeys((".csv", ".tsv"), _TABLE),
    **dict.fromkeys((".json", ".tokens"), _TOKENS),
    ".svg": _SVG,
}
_TEXT_TYPES = ("text/", "application/json", "application/javascript", "application/x-tex")


class LocalParser:
    """`DocumentParser` of all formats that are read on this machine, one function each."""

    name = "local"

    @cached_property
    def version(self) -> str:
        """Of all formats together."""
        return hashlib.sha256("\n".join(format_versions()).encode()).hexdigest()[:12]

    def version_for(self, media_type: str, suffix: str = "") -> str:
        """Version that a parse of this type is stored under: only a change to its own format parses it again."""
        found = _format_of(media_type, suffix)
        return found.version if found else self.version

    def parse(self, request: ParseRequest) -> ParsedDocument:
        """The document of one file.

        Raises:
            RejectedEvidence: empty, encrypted, damaged, without pages, or of a type that no parser here reads.
        """
        found = _format_of(request.media_type, request.suffix)
        if found is None:
            raise RejectedEvidence(
                "reject", f"no parser reads {request.media_type}", details={"media_type": request.media_type}
            )
        if not request.data:
            raise RejectedEvidence("reject", "the file is empty")
        parts = found.parse(request.data, request.suffix.lower())
        return _document(parts, request, parser=found.name, parser_version=found.version)


def format_versions() -> list[str]:
    """Version of every format, sorted. A process that forks readers asks once, so that none of them works it out."""
    return sorted({found.version for found in (*_BY_MEDIA_TYPE.values(), *_BY_SUFFIX.values())})


def build_parser(settings: Settings) -> DocumentParser:
    """The parser that the settings name.

    Raises:
        ValidationFailed: the settings name an engine that is not installed or not configured; the operator must
            change them.
    """
    local = LocalParser()
    if settings.sgd_parser == "unstructured":
        from sgd_resources.parsers.engines.unstructured_engine import UnstructuredParser

        return UnstructuredParser(local)
    if settings.sgd_parser == "documentai":
        from sgd_resources.parsers.engines.documentai import build_documentai_parser

        return build_documentai_parser(settings, local)
    if settings.sgd_parser == "chain":
        from sgd_resources.parsers.engines.chain_engines import build_chained_parser

        return build_chained_parser(
            settings, local, lambda: build_parser(settings.model_copy(update={"sgd_parser": "unstructured"}))
        )
    return local


def _document(parts: ParsedParts, request: ParseRequest, *, parser: str, parser_version: str) -> ParsedDocument:
    parts.colours, parts.fonts = list(fold_colours(parts.colours)), list(fold_fonts(parts.fonts))
    keep_within_budget(parts)
    return ParsedDocument(
        evidence_sha256=request.sha256,
        media_type=request.media_type,
        parser=parser,
        parser_version=parser_version,
        title=parts.title,
        pages=tuple(parts.pages),
        text_blocks=tuple(parts.text_blocks),
        colours=tuple(parts.colours),
        fonts=tuple(parts.fonts),
        images=tuple(parts.images),
        warnings=tuple(dict.fromkeys(parts.warnings)),
    )


def _format_of(media_type: str, suffix: str) -> _Format | None:
    """The format, with the suffix deciding only among text formats, which content cannot tell apart."""
    media_type = media_type.split(";", maxsplit=1)[0].strip().lower()
    if media_type.startswith(_TEXT_TYPES):
        # detectors call SCSS, Markdown or a template 'text/plain', 'text/html' or 'text/x-c' as it comes
        by_suffix = _BY_SUFFIX.get(suffix.lower())
        if by_suffix:
            return by_suffix
    found = _BY_MEDIA_TYPE.get(media_type)
    if found is None and media_type.startswith("text/"):
        return _TEXT
    return found

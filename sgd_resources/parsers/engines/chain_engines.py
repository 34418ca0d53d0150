"""Makes the chain of the settings: which engines there are, and how each reads a file that was read already."""

from collections.abc import Callable

from sgd_resources.parsed_document import ParsedDocument
from sgd_resources.parsers.engines import documentai, unstructured_engine
from sgd_resources.parsers.engines.chain import ChainedParser, Engine, build_chain
from sgd_resources.ports import DocumentParser, ParseRequest
from sgd_resources.settings import Settings


def build_chained_parser(
    settings: Settings, local: DocumentParser, unstructured: Callable[[], DocumentParser]
) -> ChainedParser:
    """The chain over `local`.

    Args:
        settings: of Document AI.
        local: the parser that is always asked.
        unstructured: makes the parser that reads by unstructured, over a local one of its own.

    Raises:
        ValidationFailed: an engine of the policy is not installed or not configured.
    """
    return build_chain(
        local,
        {
            "unstructured": lambda: _unstructured(unstructured()),
            "documentai": lambda: _documentai(documentai.build_documentai_parser(settings, local)),
        },
    )


def _unstructured(parser: DocumentParser) -> Engine:
    def read(request: ParseRequest, _: ParsedDocument) -> ParsedDocument:
        # It may read in a confined child, which is given the file and reads all of it.
        return parser.parse(request)

    version = unstructured_engine.engine_version()
    return Engine(parser.name, version, unstructured_engine.MEDIA_TYPES, read, close=lambda: None)


def _documentai(parser: documentai.DocumentAiParser) -> Engine:
    version, types = parser.engine_version, documentai.MEDIA_TYPES
    return Engine(parser.name, version, types, parser.complete, close=parser.close_service)

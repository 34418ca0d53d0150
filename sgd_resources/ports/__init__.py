"""The ports: what the logic needs of the outside world, and the values that cross.

Protocols and frozen values only. Imports no vendor and no dagster, so that stage logic may use it. The clients that
implement a port live beside this package; their fakes in `tests/fakes` have the same type. One file per part of the
outside world; everything is imported from here. What must not live here: a client, or a
decision.
"""

from sgd_resources.llm.caller import Caller
from sgd_resources.ports.confined import ConfinedAnswer, ConfinedJobs
from sgd_resources.ports.drawing import (
    FontCatalogue,
    FontFace,
    FontFileFacts,
    FontLibrary,
    FontMetrics,
    Glyph,
    Painter,
    PictureFormat,
    Raster,
    ShapedText,
    Shaping,
)
from sgd_resources.ports.evidence import (
    AvReport,
    DocumentParser,
    Fetched,
    ParseRequest,
    ReferenceFetcher,
    Scanner,
    ScanResult,
)
from sgd_resources.ports.ledgers import (
    DroppedFile,
    EvidenceRecord,
    HeldUpload,
    JudgedUpload,
    KnownDrop,
    OperatorLedger,
    PendingUpload,
    PurgeableEvidence,
    RenderLedger,
    SweepLedger,
    UploadLedger,
)
from sgd_resources.ports.models import LlmGateway
from sgd_resources.ports.objects import ObjectStore, ObjectWriter, StoredObject
from sgd_resources.ports.prompts import PromptCounts, PromptLedger
from sgd_resources.ports.sealing import Ingredient, Sealed, Sealer, ToSeal
from sgd_resources.ports.search import Cache, EmbeddedText, Embedder, SearchHit, VectorStore

__all__ = [
    "AvReport",
    "Cache",
    "Caller",
    "ConfinedAnswer",
    "ConfinedJobs",
    "DocumentParser",
    "DroppedFile",
    "EmbeddedText",
    "Embedder",
    "EvidenceRecord",
    "Fetched",
    "FontCatalogue",
    "FontFace",
    "FontFileFacts",
    "FontLibrary",
    "FontMetrics",
    "Glyph",
    "HeldUpload",
    "Ingredient",
    "JudgedUpload",
    "KnownDrop",
    "LlmGateway",
    "ObjectStore",
    "ObjectWriter",
    "OperatorLedger",
    "Painter",
    "ParseRequest",
    "PendingUpload",
    "PictureFormat",
    "PromptCounts",
    "PromptLedger",
    "PurgeableEvidence",
    "Raster",
    "ReferenceFetcher",
    "RenderLedger",
    "ScanResult",
    "Scanner",
    "Sealed",
    "Sealer",
    "SearchHit",
    "ShapedText",
    "Shaping",
    "StoredObject",
    "SweepLedger",
    "ToSeal",
    "UploadLedger",
    "VectorStore",
]

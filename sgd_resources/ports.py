"""The ports: what the logic needs of the outside world, and the values that cross.

Protocols and frozen values only. Imports no vendor and no dagster, so that stage logic may use it. The clients that
implement a port live beside this file; their fakes in `tests/fakes` have the same type.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Literal, Protocol

from sgd_resources.llm.replies import Completion
from sgd_resources.parsed_document import ParsedDocument

# ---------------------------------------------------------------- object store


@dataclass(frozen=True)
class StoredObject:
    """One object as the store holds it."""

    key: str
    size_bytes: int
    sha256: str | None
    content_type: str | None = None
    modified_at: float | None = None
    """Unix seconds (UTC)."""


class ObjectStore(Protocol):
    """Bytes under server-made keys (`org/{org_id}/...`). Writes are atomic: a reader sees all of an object or none."""

    def put(self, key: str, data: bytes | BinaryIO, *, content_type: str = "application/octet-stream") -> StoredObject:
        """Write and return what was stored, with its sha256. Overwrites atomically.

        Raises:
            StorageFull: no room; nothing is left behind. Retry later.
            Unavailable: the store cannot be reached. Retry.
        """
        ...

    def get(self, key: str) -> bytes:
        """The whole object, its sha256 checked.

        Raises:
            NotFound: no such key.
            CorruptObject: the bytes changed since they were written.
        """
        ...

    def open(self, key: str) -> BinaryIO:
        """A readable stream of the object; the caller closes it. Raises NotFound."""
        ...

    def stat(self, key: str) -> StoredObject | None:
        """What is known of the object, or None."""
        ...

    def list(self, prefix: str) -> Iterator[StoredObject]:
        """Objects below a prefix, ordered by key."""
        ...

    def folders(self, prefix: str) -> Sequence[str]:
        """Names of the folders right below a prefix that ends with '/', sorted; looks no deeper."""
        ...

    def delete(self, key: str) -> None:
        """Remove; no error when it is not there."""
        ...

    def copy(self, source_key: str, target_key: str) -> StoredObject:
        """Server-side copy, atomic at the target. Raises NotFound."""
        ...

    def signed_url(
        self,
        key: str,
        *,
        org_id: str,
        method: Literal["GET", "PUT"] = "GET",
        expires_in_s: int = 900,
        filename: str | None = None,
    ) -> str:
        """A URL that allows one method on one key of one org for at most 900 s."""
        ...


# ---------------------------------------------------------------- parsing


@dataclass(frozen=True)
class ParseRequest:
    """Bytes to parse. `media_type` comes from the gate's detection, never from the uploader."""

    sha256: str
    media_type: str
    data: bytes
    suffix: str = ""
    """Original file suffix with its dot ('.scss'), a hint for text formats that share a media type."""


class DocumentParser(Protocol):
    """Reads one file's bytes into a ParsedDocument."""

    name: str
    version: str

    def parse(self, request: ParseRequest) -> ParsedDocument:
        """Deterministic: same bytes, same document.

        Raises:
            RejectedEvidence: encrypted, damaged, without pages, or of a type this parser does not read.
        """
        ...


# ---------------------------------------------------------------- scanning


@dataclass(frozen=True)
class ScanResult:
    """A virus scanner's word on some bytes."""

    status: Literal["clean", "infected", "not_scanned"]
    signature: str | None = None


class Scanner(Protocol):
    """Streams bytes to a virus scanner."""

    def scan(self, stream: BinaryIO) -> ScanResult:
        """Raises Unavailable when the scanner is down or its limits are passed (fail closed, retry)."""
        ...


# ---------------------------------------------------------------- reference URLs


@dataclass(frozen=True)
class Fetched:
    """What lay behind a URL in the end."""

    url: str
    declared_type: str | None
    data: bytes = field(repr=False)


class ReferenceFetcher(Protocol):
    """Fetches a stranger's URL without being led anywhere but to allowlisted public hosts."""

    def fetch(self, url: str) -> Fetched:
        """The bytes behind the URL.

        Raises:
            InvalidInput: the URL, a redirect or an address is not allowed; `details["host"]` names the host.
            PayloadTooLarge: over the policy's cap.
            Unavailable: no proper answer in time. Retry.
        """
        ...


# ---------------------------------------------------------------- what is known of uploads


@dataclass(frozen=True)
class PendingUpload:
    """One file in quarantine that awaits the gate."""

    upload_id: str
    key: str
    file_name: str
    declared_type: str | None
    size_bytes: int
    attempts: int = 0
    project_id: str | None = None


@dataclass(frozen=True)
class EvidenceRecord:
    """One clean file as the ledger remembers it."""

    evidence_sha256: str
    source_sha256: str
    file_name: str
    media_type: str
    size_bytes: int
    key: str
    av: str


class UploadLedger(Protocol):
    """Remembers what became of each upload. Each call is one org-scoped transaction."""

    def pending(self, org_id: str) -> list[PendingUpload]:
        """Uploads that await the gate, oldest first."""
        ...

    def register_dropped(self, org_id: str, *, key: str, file_name: str, size_bytes: int) -> PendingUpload | None:
        """Make a row for a file found in quarantine without one; None when its key is known already."""
        ...

    def promote(
        self, org_id: str, upload_id: str, record: EvidenceRecord, *, verdict: str, details: Mapping[str, Any]
    ) -> None:
        """Evidence row, upload status and audit row together. Idempotent."""
        ...

    def hold(
        self,
        org_id: str,
        upload_id: str,
        *,
        verdict: str,
        reason: str,
        details: Mapping[str, Any],
        source_sha256: str | None,
        is_retryable: bool = False,
    ) -> None:
        """The upload stays in quarantine and its row says why; a retryable one stays pending."""
        ...

    def evidence(self, org_id: str) -> list[EvidenceRecord]:
        """All clean files of the org, ordered by (file_name, evidence_sha256)."""
        ...


@dataclass(frozen=True)
class HeldUpload:
    """An upload in any state, as an operator sees it."""

    upload: PendingUpload
    status: str
    verdict: str | None
    reason: str | None


class OperatorLedger(Protocol):
    """What an operator changes in the rows of uploads. Each call is one org-scoped, audited transaction."""

    def held(self, org_id: str, upload_id: str) -> HeldUpload:
        """One upload. Raises NotFound, for another org's too."""
        ...

    def release(
        self, org_id: str, upload_id: str, record: EvidenceRecord, *, actor: str, details: Mapping[str, Any]
    ) -> None:
        """The held upload becomes evidence as it is, with who said so. Idempotent. Raises NotFound."""
        ...

    def discard(self, org_id: str, upload_id: str, *, actor: str) -> None:
        """The upload is thrown away, with who said so. Idempotent. Raises NotFound."""
        ...


# ---------------------------------------------------------------- requests for renders


class RenderLedger(Protocol):
    """The rows of render requests. Each call is one org-scoped transaction.

    A run owns a request from `claim` until another run claims it: what a dead or overtaken run still writes is refused,
    so that a request ends with exactly one set of outputs.
    """

    def pending(self, org_id: str) -> list[str]:
        """Ids of requests that are not finished, oldest first."""
        ...

    def claim(self, org_id: str, render_id: str, *, run_id: str) -> Mapping[str, Any] | None:
        """The request's body, now owned by the run; None when the request is finished already. Raises NotFound."""
        ...

    def finish(
        self,
        org_id: str,
        render_id: str,
        *,
        run_id: str,
        outputs: Sequence[Mapping[str, Any]],
        audit: Mapping[str, Any],
    ) -> bool:
        """Outputs, final status, audit row and wake-up in one transaction; False when another run owns the request."""
        ...

    def fail(self, org_id: str, render_id: str, *, run_id: str, error: Mapping[str, Any]) -> bool:
        """Final status with its reason; False when another run owns the request."""
        ...


# ---------------------------------------------------------------- embeddings


class Embedder(Protocol):
    """Text to unit vectors."""

    @property
    def model_id(self) -> str:
        """Name and content hash; part of every cache key and point."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """`(n_texts, dimensions)`, L2-normalised, order kept."""
        ...


@dataclass(frozen=True)
class EmbeddedText:
    """A chunk, its vector, and where it came from."""

    point_id: str
    vector: list[float]
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class SearchHit:
    """One result, best first."""

    point_id: str
    score: float
    payload: Mapping[str, Any]


class VectorStore(Protocol):
    """Vectors per org; no call can reach another org's."""

    def upsert(self, org_id: str, points: Iterable[EmbeddedText], *, model_id: str, dimensions: int) -> int:
        """Write points (same id replaces); returns how many. A changed model or dimension rebuilds the collection."""
        ...

    def point_ids(self, org_id: str) -> set[str]:
        """All point ids of the org; empty when it has none."""
        ...

    def delete(self, org_id: str, point_ids: Iterable[str]) -> None:
        """Remove points."""
        ...

    def count(self, org_id: str) -> int:
        """Number of points of the org."""
        ...

    def search(
        self, org_id: str, vector: Sequence[float], *, limit: int = 10, filters: Mapping[str, str] | None = None
    ) -> list[SearchHit]:
        """Nearest by cosine, best first."""
        ...


class Cache(Protocol):
    """Bytes by key with a time to live."""

    def get_many(self, keys: Sequence[str]) -> list[bytes | None]:
        """One round trip; None for each miss, order kept."""
        ...

    def set_many(self, items: Mapping[str, bytes], *, ttl_s: int | None = None) -> None:
        """One round trip."""
        ...


# ---------------------------------------------------------------- models


class LlmGateway(Protocol):
    """The one door to models, as stage logic uses it. `sgd_resources/llm/gateway.py` says what each call may raise."""

    @property
    def is_cloud(self) -> bool:
        """Whether a model can be asked; else every task runs its local route."""
        ...

    def complete(self, task: str, messages: Sequence[Mapping[str, Any]], **options: Any) -> "Completion":
        """An answer in text, or JSON that was validated against `schema=`. `org_id=` says who pays."""
        ...

    def generate_image(
        self, task: str, prompt: str, references: Sequence[bytes] = (), **options: Any
    ) -> "list[Completion]":
        """One answer with a picture for each of `n=` variants. `org_id=` says who pays."""
        ...


# ---------------------------------------------------------------- what a stage tells Dagster's UI


@dataclass(frozen=True)
class StageReport:
    """Counts and durations of one stage run over one org, vendor-free; `asset.py` turns them into metadata."""

    counts: Mapping[str, int] = field(default_factory=dict)
    durations_ms: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


# ---------------------------------------------------------------- drawing

PictureFormat = Literal["png", "jpg", "webp"]


@dataclass(frozen=True)
class Raster:
    """A decoded picture: rows from the top, 4 bytes a pixel (R, G, B, straight alpha), sRGB."""

    width_px: int
    height_px: int
    rgba: bytes
    png: bytes | None = None
    """The same pixels as PNG, when the painter has them already."""


class Painter(Protocol):
    """Draws SVG and codes pictures. Deterministic: no system fonts, no network, no files."""

    fonts: "FontLibrary"
    """The open fonts that live text may be set in."""

    def __hash__(self) -> int:
        """By identity: what is measured through a painter is remembered per painter."""
        ...

    def draw(self, svg: str) -> Raster:
        """The SVG at its own width and height.

        Raises:
            ValidationFailed: not an SVG that can be drawn.
        """
        ...

    def decode(self, data: bytes) -> Raster:
        """A PNG, JPEG or WebP as pixels in sRGB, orientation applied.

        Raises:
            ValidationFailed: unreadable, or over the pixel cap.
        """
        ...

    def resize(self, raster: Raster, width_px: int, height_px: int) -> Raster:
        """Lanczos resampling, alpha premultiplied meanwhile."""
        ...

    def encode(self, raster: Raster, picture_format: PictureFormat) -> bytes:
        """File bytes; JPEG is flattened on white and takes 4:4:4 chroma."""
        ...


@dataclass(frozen=True)
class ShapedText:
    """One line of text as outlines: SVG path data in font units, y upwards, the pen starting at (0, 0)."""

    path: str
    advance_em: float
    missing: tuple[str, ...] = ()
    """Characters the font has no glyph for, in order, once each."""


@dataclass(frozen=True)
class FontMetrics:
    """Vertical metrics as shares of the em; descender is positive downwards."""

    units_per_em: int
    ascender_em: float
    descender_em: float
    cap_height_em: float
    x_height_em: float


class FontFace(Protocol):
    """One weight and slope of a family, ready to measure and draw."""

    family: str
    weight: int
    is_italic: bool
    metrics: FontMetrics

    def advance_em(self, text: str) -> float:
        """Width of the shaped line as a share of the em, kerning included."""
        ...

    def missing(self, text: str) -> tuple[str, ...]:
        """Characters without a glyph, once each."""
        ...

    def shape(self, text: str, *, tracking_em: float = 0.0) -> ShapedText:
        """The line as outlines, `tracking_em` added between glyphs."""
        ...


@dataclass(frozen=True)
class FontFileFacts:
    """What a font file says of itself."""

    family: str
    weight: int
    is_italic: bool
    is_variable: bool
    may_embed: bool
    """OS/2 fsType does not restrict embedding."""
    license: str | None


class FontLibrary(Protocol):
    """Open fonts on this machine, and font files given as bytes."""

    def families(self) -> tuple[str, ...]:
        """Installed open families, sorted."""
        ...

    def face(self, family: str, *, weight: int, is_italic: bool = False, is_display: bool = False) -> FontFace | None:
        """The nearest weight of an installed family (names compared without case, spaces, hyphens), or None.

        `is_display` picks the large optical size where the family has one.
        """
        ...

    def license(self, family: str) -> str | None:
        """SPDX expression of an installed family."""
        ...

    def read(self, data: bytes) -> FontFileFacts:
        """Facts of a TTF, OTF, WOFF or WOFF2 file.

        Raises:
            ValidationFailed: not a font that can be read.
        """
        ...

    def load(self, data: bytes, *, weight: int, is_display: bool = False) -> FontFace:
        """A face of a font file; `weight` is applied when the file is variable. Raises ValidationFailed."""
        ...

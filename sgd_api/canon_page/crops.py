"""Citations -> sources to look at: a window on a picture of the cited page with the place outlined, or lines of source.

Each page, picture or drawing becomes one picture, however many facts cite it; facts only hold windows on it. Drawing
and reading happen in the sandbox, and its answers are checked here. What must not live here: HTML.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sgd_api.canon_page.evidence_files import EvidenceFile
from sgd_api.canon_page.places import place_of
from sgd_assets.canon.model import Citation
from sgd_resources.errors import RejectedEvidence, SgdError
from sgd_resources.sandbox.pool import Sandbox

Box = tuple[float, float, float, float]
PictureKey = tuple[str, int]
"""(sha256 of the file, page)."""

MAX_PICTURE_BYTES = 5_000_000
"""All pictures of a page together; as base64 they grow by a third."""
_MAX_BOX = 1e6
_MIN_WINDOW = (280.0, 110.0)
"""Least width and height of what is shown of a page, in points."""
_PX_PER_POINT = 1.45
_PICTURE_AS_POINTS = 600.0
"""A large picture is shown as if its longer side were this many points of a page."""
_WIDELY_CITED = 0.4
_MARK_PAD = 3.0


@dataclass(frozen=True)
class Detail:
    """How finely pictures are drawn: PDF resolution, pixels of a page's picture, longer side of other pictures."""

    dpi: int
    max_pixels: int
    max_side_px: int


LEVELS = (Detail(150, 2_600_000, 1100), Detail(110, 1_400_000, 760), Detail(72, 600_000, 480))


@dataclass(frozen=True)
class Picture:
    """A WebP and the box it shows, in the units of its citations."""

    id: str
    box: Box
    webp: bytes


@dataclass(frozen=True)
class Window:
    """A part of a picture with the cited boxes to outline; `width_px` is how wide it is shown at most."""

    picture_id: str
    view: Box
    marks: tuple[Box, ...]
    width_px: int


@dataclass(frozen=True)
class ExcerptLine:
    """A line of source; the quote is `marked`."""

    number: int | None
    before: str
    marked: str
    after: str


@dataclass(frozen=True)
class Statement:
    """One citation: where, the exact words, and the lines around them where the file is text."""

    place: str
    quote: str
    excerpt: tuple[ExcerptLine, ...] = ()


@dataclass(frozen=True)
class Source:
    """All that one file (one page of it) says of a fact."""

    file_name: str
    page: int | None
    statements: tuple[Statement, ...]
    window: Window | None = None
    note: str | None = None
    source_sha256: str | None = None
    """Of the file as uploaded, in which the place is the same; None where that is not known."""


@dataclass(frozen=True)
class Cited:
    """Sources by the key of what cites them, and the pictures that their windows show."""

    sources: Mapping[str, tuple[Source, ...]]
    pictures: tuple[Picture, ...]


@dataclass
class _Reading:
    """What the sandbox gave for all files."""

    pictures: dict[PictureKey, tuple[Box, bytes]] = field(default_factory=dict)
    excerpts: dict[Citation, tuple[ExcerptLine, ...]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


_CPU_S = {"pdf": 8, "raster": 5, "svg": 3}
"""Processor time for the pictures of one file; a drawing or picture takes a tenth of a second."""
_CPU_S_PER_PAGE = 1


def read_sources(cited: Mapping[str, Sequence[Citation]], files: Sequence[EvidenceFile], sandbox: Sandbox) -> Cited:
    """The sources behind each key of `cited`, most telling first as the canon orders them.

    Raises:
        Unavailable: no sandbox could be started. Retry.
    """
    by_sha = {file.sha256: file for file in files}
    regions = _regions(cited, by_sha)
    reading = _Reading()
    for detail in LEVELS:
        reading.pictures = _draw(regions, by_sha, sandbox, detail, reading.notes)
        if sum(len(webp) for _, webp in reading.pictures.values()) <= MAX_PICTURE_BYTES:
            break
    _leave_out_what_is_too_much(reading.pictures)
    _read_excerpts(cited, by_sha, sandbox, reading)
    ids = {key: f"p{index}" for index, key in enumerate(reading.pictures)}
    sources = {key: _sources(citations, by_sha, reading, ids) for key, citations in cited.items()}
    return Cited(sources, tuple(Picture(ids[key], *found) for key, found in reading.pictures.items()))


def _regions(cited: Mapping[str, Sequence[Citation]], by_sha: Mapping[str, EvidenceFile]) -> dict[PictureKey, Box]:
    """For each page that is cited with a box: what of it must be drawn, in the order of the facts."""
    regions: dict[PictureKey, Box] = {}
    for citations in cited.values():
        for key, group in _by_page(citations).items():
            file = by_sha.get(key[0])
            boxes = [c.bbox for c in group if c.bbox is not None]
            if file is None or not boxes or file.kind not in ("pdf", "raster", "svg"):
                continue
            wanted = _around(boxes)
            regions[key] = _union([regions[key], wanted]) if key in regions else wanted
    return regions


def _draw(
    regions: Mapping[PictureKey, Box], by_sha: Mapping[str, EvidenceFile], sandbox: Sandbox, detail: Detail,
    notes: dict[str, str],
) -> dict[PictureKey, tuple[Box, bytes]]:  # fmt: skip
    found: dict[PictureKey, tuple[Box, bytes]] = {}
    for sha in dict.fromkeys(sha for sha, _ in regions):
        file = by_sha[sha]
        pages = [{"page": page, "box": list(box)} for (owner, page), box in regions.items() if owner == sha]
        arguments: dict[str, Any] = {"max_side_px": detail.max_side_px}
        if file.kind == "pdf":
            arguments = {"pages": pages, "dpi": detail.dpi, "max_pixels": detail.max_pixels}
        job = {"pdf": "draw_pdf_pages", "raster": "draw_raster", "svg": "draw_svg"}[file.kind]
        try:
            answer = sandbox.call(
                f"sgd_resources.excerpts.places:{job}",
                file.read(),
                arguments,
                cpu_s=_CPU_S[file.kind] + (_CPU_S_PER_PAGE * len(pages) if file.kind == "pdf" else 0),
            )
            pictures = _checked_pictures(answer.result, answer.blobs)
        except RejectedEvidence:
            notes[sha] = "No picture: the file could not be drawn."
            continue
        found |= {(sha, page): picture for page, picture in pictures.items()}
    return {key: found[key] for key in regions if key in found}


def _leave_out_what_is_too_much(pictures: dict[PictureKey, tuple[Box, bytes]]) -> None:
    """Even drawn coarsely there may be too many: the first-cited pages stay."""
    total = 0
    for key in list(pictures):
        total += len(pictures[key][1])
        if total > MAX_PICTURE_BYTES:
            total -= len(pictures.pop(key)[1])


def _read_excerpts(
    cited: Mapping[str, Sequence[Citation]], by_sha: Mapping[str, EvidenceFile], sandbox: Sandbox, reading: _Reading
) -> None:
    kinds = {"svg": "xml", "package": "package", "text": "text"}
    wanted: dict[str, dict[Citation, None]] = {}
    for citation in (c for citations in cited.values() for c in citations):
        file = by_sha.get(citation.evidence_sha256)
        if file is not None and file.kind in kinds:
            wanted.setdefault(file.sha256, {})[citation] = None
    for sha, citations in wanted.items():
        file = by_sha[sha]
        places = [{"line": c.line, "xml_path": c.xml_path, "quote": c.quote[:400]} for c in citations]
        try:
            answer = sandbox.call(
                "sgd_resources.excerpts.source:excerpt_source",
                file.read(),
                {"kind": kinds[file.kind], "places": places},
            )
        except RejectedEvidence:
            reading.notes.setdefault(sha, "No excerpt: the file could not be opened.")
            continue
        excerpts = answer.result.get("excerpts")
        if isinstance(excerpts, list):
            for citation, lines in zip(citations, excerpts, strict=False):
                reading.excerpts[citation] = tuple(_checked_line(line) for line in lines[:5])


def _sources(
    citations: Sequence[Citation],
    by_sha: Mapping[str, EvidenceFile],
    reading: _Reading,
    ids: Mapping[PictureKey, str],
) -> tuple[Source, ...]:
    found = []
    for key, group in _by_page(citations).items():
        file = by_sha.get(key[0])
        note = reading.notes.get(key[0]) if file else _without_file(group[0])
        has_pages = file is None or file.kind in ("pdf", "package")
        statements = dict.fromkeys(
            Statement(place_of(c, has_pages=has_pages), c.quote, reading.excerpts.get(c, ())) for c in group
        )
        boxes = tuple(dict.fromkeys(c.bbox for c in group if c.bbox is not None))
        window = _window(ids[key], reading.pictures[key][0], boxes, file) if file and boxes and key in ids else None
        page = group[0].page if has_pages else None
        found.append(Source(group[0].file_name, page, tuple(statements), window, note, group[0].source_sha256))
    return tuple(found)


def _without_file(citation: Citation) -> str:
    if citation.audit_entry is not None:
        return f"Said by {citation.subject}; entry {citation.audit_entry} of the audit log."
    return "This file is no longer among the evidence."


def _window(picture_id: str, whole: Box, boxes: Sequence[Box], file: EvidenceFile) -> Window:
    """What is shown of a picture: the surroundings of what is cited; of a small or widely cited one, all with a rim."""
    is_page = file.kind == "pdf"
    per_unit = 1.0 if is_page else max(whole[2] - whole[0], whole[3] - whole[1]) / _PICTURE_AS_POINTS
    if not is_page and (file.kind == "svg" or per_unit < 1 or _share(_union(boxes), whole) > _WIDELY_CITED):
        rim = 0.03 * per_unit * _PICTURE_AS_POINTS
        view = _grown(whole, rim)
        shown = min(420, max(96, 230 * (view[2] - view[0]) / (view[3] - view[1])))
        return Window(picture_id, view, tuple(_grown(box, rim / 3) for box in boxes), round(shown))
    view = _overlap(whole, _around(boxes, per_unit))
    width, height = view[2] - view[0], view[3] - view[1]
    shown = min(width / per_unit * _PX_PER_POINT, 640, 460 * width / height)
    marks = tuple(_grown(box, _MARK_PAD * per_unit) for box in boxes)
    return Window(picture_id, view, marks, round(max(120, shown)))


def _around(boxes: Sequence[Box], per_unit: float = 1.0) -> Box:
    """The boxes with a generous margin; `per_unit` is a point in the boxes' own units."""
    x0, y0, x1, y1 = _union(boxes)
    across, down = max(40.0 * per_unit, (x1 - x0) * 0.2), max(32.0 * per_unit, (y1 - y0) * 0.25)
    down = max(down, (_MIN_WINDOW[1] * per_unit - (y1 - y0)) / 2)
    # Wide rather than tall: a narrow strip of a page says little of where one is.
    width = max(_MIN_WINDOW[0] * per_unit, 1.2 * (y1 - y0 + 2 * down))
    across = max(across, (width - (x1 - x0)) / 2)
    return max(0.0, x0 - across), max(0.0, y0 - down), x1 + across, y1 + down


def _overlap(whole: Box, wanted: Box) -> Box:
    view = (max(whole[0], wanted[0]), max(whole[1], wanted[1]), min(whole[2], wanted[2]), min(whole[3], wanted[3]))
    return view if view[2] - view[0] >= 1 and view[3] - view[1] >= 1 else whole


def _share(part: Box, whole: Box) -> float:
    return (part[2] - part[0]) * (part[3] - part[1]) / ((whole[2] - whole[0]) * (whole[3] - whole[1]))


def _grown(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _union(boxes: Sequence[Box]) -> Box:
    return (
        min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
    )  # fmt: skip


def _by_page(citations: Sequence[Citation]) -> dict[PictureKey, list[Citation]]:
    found: dict[PictureKey, list[Citation]] = {}
    for citation in citations:
        found.setdefault((citation.evidence_sha256, citation.page or 1), []).append(citation)
    return found


def _checked_pictures(result: Mapping[str, Any], blobs: Sequence[bytes]) -> dict[int, tuple[Box, bytes]]:
    """Nothing that a child says is believed before its shape is right."""
    heads = result.get("pictures")
    if not isinstance(heads, list) or len(heads) != len(blobs):
        raise _nonsense()
    found = {}
    for head, blob in zip(heads, blobs, strict=True):
        box, page = head.get("box"), head.get("page")
        is_box = isinstance(box, list) and len(box) == 4 and all(isinstance(v, int | float) for v in box)
        if not is_box or not isinstance(page, int) or blob[:4] != b"RIFF" or blob[8:12] != b"WEBP":
            raise _nonsense()
        x0, y0, x1, y1 = (float(value) for value in box)
        if not (0 <= x0 < x1 <= _MAX_BOX and 0 <= y0 < y1 <= _MAX_BOX):
            raise _nonsense()
        found[page] = ((x0, y0, x1, y1), blob)
    return found


def _checked_line(line: Any) -> ExcerptLine:
    if not isinstance(line, dict):
        raise _nonsense()
    number = line.get("number")
    parts = [str(line.get(name, ""))[:800] for name in ("before", "marked", "after")]
    return ExcerptLine(number if isinstance(number, int) else None, *parts)


def _nonsense() -> SgdError:
    return RejectedEvidence("reject", "malformed", details={"message": "the reader returned nonsense"})

"""A brief set read back from its pictures: each request is drawn by the local route, and its words are recognised.

What must not live here: a look at the brief or the plan, for a plan may claim what no picture shows.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from sgd_api.samples.shelf import KITS_DIR
from sgd_assets.renders.model import RenderOutput
from sgd_assets.renders.render import render_request
from sgd_resources.errors import SgdError
from sgd_resources.font_shelf import font_shelf
from sgd_resources.parsers.pixels.ocr import recognise_lines
from sgd_resources.parsers.pixels.ocr_models import characters, load_models
from sgd_resources.ports import ConfinedJobs
from sgd_resources.sandbox.drawing import drawing_sandbox
from sgd_resources.storage.local import LocalObjectStore
from tests.briefs.readback import is_read, score_lines, wanted_words
from tests.briefs.truths import Entry
from tests.briefs.verdict import Verdict
from tools.contact_sheet.brands import Brand, folders_in, read_brand

_RENDER_ID = "00000000-0000-4000-{}-{:012d}"
_FIRST, _SECOND = "8000", "8001"
_EDITED = {
    "headline": "Grow slowly", "body": "Three evenings about soil.", "call_to_action": "Book now",
    "date": "12 May 2027", "price": "$48", "url": "soil.example", "legal": "Places are limited.",
}  # fmt: skip
"""What stands on the picture that an edit is asked for."""


@dataclass(frozen=True)
class PictureScore:
    """One entry as its picture shows it.

    `elements` are read or missing; `named` of the missing ones are told in `unmet`; `unreadable` holds letters that the
    recogniser does not know, so that nothing is said of them; `refused` is the error of a request without a picture.
    """

    id: str
    elements: dict[str, Verdict] = field(default_factory=dict)
    leaked: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    unmet: list[str] = field(default_factory=list)
    refused: str = ""


def report(scores: list[PictureScore]) -> str:
    """Every fault a line, then the sums."""
    faults = [
        f"{score.id} {name} {verdict}; told: {score.unmet}; lines: {score.lines}"
        for score in scores
        for name, verdict in score.elements.items()
        if verdict != Verdict.RIGHT
    ]
    leaks = [
        f"{score.id} prints {', '.join(map(repr, score.leaked))}: {score.lines}" for score in scores if score.leaked
    ]
    refused = [f"{score.id} refused: {score.refused}" for score in scores if score.refused]
    verdicts = _verdicts(scores)
    unread = sum(len(score.unreadable) for score in scores)
    return "\n".join([
        *faults, *leaks, *refused,
        f"{read_share(scores):.3f}: {verdicts[Verdict.RIGHT]} of {verdicts.total()} elements read; "
        f"{unread} in letters that are not recognised; pictures that print an instruction: {len(leaks)}; "
        f"requests refused: {len(refused)}",
    ])  # fmt: skip


def read_share(scores: list[PictureScore]) -> float:
    """Elements that the pictures show as asked, of all whose letters can be recognised, 0 to 1."""
    verdicts = _verdicts(scores)
    return verdicts[Verdict.RIGHT] / (verdicts.total() or 1)


def _verdicts(scores: list[PictureScore]) -> Counter[Verdict]:
    return Counter(verdict for score in scores for verdict in score.elements.values())


def score_pictures(entries: list[Entry], out: Path | None = None) -> Iterator[PictureScore]:
    """Each entry drawn with one of the sample kits, in turn, and read; the pictures stay in `out` where it is given."""
    load_models()
    with _kits() as (brands, store, jobs):
        for number, entry in enumerate(entries):
            yield _score(entry, number, brands[number % len(brands)], store, jobs, out)


@contextmanager
def _kits() -> Iterator[tuple[list[Brand], LocalObjectStore, ConfinedJobs]]:
    with tempfile.TemporaryDirectory() as scratch, drawing_sandbox() as jobs:
        store = LocalObjectStore(Path(scratch))
        yield [brand for folder in folders_in(KITS_DIR) if (brand := read_brand(folder, store))], store, jobs


def _score(
    entry: Entry, number: int, brand: Brand, store: LocalObjectStore, jobs: ConfinedJobs, out: Path | None
) -> PictureScore:
    def draw(body: dict[str, Any], turn: str) -> RenderOutput:
        record = render_request(
            {**body, "project_id": "briefs"}, brand.canon, org_id=brand.evidence.org_id,
            render_id=_RENDER_ID.format(turn, number), canon_version=brand.canon.version, evidence=brand.evidence,
            store=store, jobs=jobs, fonts=font_shelf(),
        )  # fmt: skip
        return record.outputs[0]

    body = entry.request
    try:
        if is_edit := body["prompts"]["task"] != "create":
            first = draw(
                {"prompts": {"task": "create"}, "copy": _EDITED, "outputs": {**body["outputs"], "count": 1}}, _FIRST
            )
            body = {**body, "prompts": {**body["prompts"], "references": [first.key]}}
        drawn = draw(body, _SECOND)
    except SgdError as error:
        return PictureScore(entry.id, refused=str(error))
    picture = store.get(drawn.key)
    if out is not None:
        (out / f"{entry.id}-{brand.name}.{body['outputs']['format']}").write_bytes(picture)
    lines = _lines(picture)
    read = score_lines(entry, lines)
    unreadable = [name for name, text in wanted_words(entry).items() if not _is_readable(text)]
    elements = {name: verdict for name, verdict in read.elements.items() if name not in unreadable}
    if is_edit:
        elements |= _kept(entry, lines)
    return PictureScore(entry.id, elements, read.leaked, unreadable, lines, list(drawn.plan.unmet))


def _kept(entry: Entry, lines: list[str]) -> dict[str, Verdict]:
    """What an edit did not name still stands there; what it changed or took away does not."""
    changed = {edit["element"] for edit in entry.right.get("edits", [])} | set(entry.right["copy"])
    return {
        f"{'gone' if slot in changed else 'kept'}.{slot}": Verdict.RIGHT
        if is_read(text, lines) != (slot in changed)
        else Verdict.WRONG
        for slot, text in _EDITED.items()
    }


def _lines(picture: bytes) -> list[str]:
    """What is read at full size, then at half: the recogniser misses letters that are hundreds of pixels high."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    smaller = image.resize((max(1, image.width // 2), max(1, image.height // 2)), Image.Resampling.LANCZOS)
    return [line.text for size in (image, smaller) for line in recognise_lines(np.asarray(size))]


def _is_readable(text: str) -> bool:
    """Whether the recogniser knows the letters; a letter with a mark is read as the one without."""
    known = set(characters())
    letters = [letter for letter in text if letter.isalpha()]
    return all(letter in known or (letter.isascii() or "À" <= letter <= "ž") for letter in letters)

"""The zip of a batch, piece by piece: every picture that is made, then `manifest.json` and `manifest.csv`.

Never more than one picture is in memory. Pictures are stored as they are, with their sizes in front, so that every
program opens it. What must not live here: routes.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sgd_api.http.services import Services
from sgd_api.http.stored.batch_answers import items_of_batch, outputs_by_render
from sgd_assets.renders.alt_text import alt_text
from sgd_assets.renders.campaign.items import Item
from sgd_assets.renders.model import RenderPlan
from sgd_resources.errors import NotFound
from sgd_resources.postgres.rows import batches, renders
from sgd_resources.postgres.rows.jobs import Job

_PAGE = 50
_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
_COLUMNS = (
    "file", "row", "size", "picture", "status", "error", "sha256", "bytes", "media_type", "width_px", "height_px",
    "alt", "unmet", "violations", "guardrails_ok", "cost_usd", "render_id",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def zip_of_batch(services: Services, org_id: str, batch: Job) -> Iterator[bytes]:
    """The bytes of the zip, in order. The first piece is asked for before anything is sent.

    Raises:
        Unavailable: the database or the store is down; what was sent until then is no zip. Retry.
    """
    window, entries = _Window(), []
    day = (batch.finished_at or batch.created_at).astimezone(UTC)
    with zipfile.ZipFile(window, "w") as archive:
        for item, part, outputs in _parts(services, org_id, batch):
            for entry, row in _entries(item, part, outputs):
                entries.append(entry)
                if row is None:
                    continue
                try:
                    data = services.store.get(row.key)
                except NotFound:
                    entry |= {"file": None, "error": "the picture is no longer stored"}
                    continue
                archive.writestr(_named(entry["file"], day), data)
                yield window.drained()
        for name, text in (("manifest.json", _as_json(batch, entries)), ("manifest.csv", _as_csv(batch, entries))):
            archive.writestr(_named(name, day), text, zipfile.ZIP_DEFLATED)
    yield window.drained()


class _Window(io.RawIOBase):
    """A file of which only what was not yet taken is kept: the zip goes back no further than its last entry."""

    def __init__(self) -> None:
        self._kept = io.BytesIO()
        self._begin = 0

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return self._kept.write(data)

    def tell(self) -> int:
        return self._begin + self._kept.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        assert whence == io.SEEK_SET
        self._kept.seek(offset - self._begin)
        return offset

    def drained(self) -> bytes:
        """What was written since the last time."""
        data = self._kept.getvalue()
        self._begin += len(data)
        self._kept = io.BytesIO()
        return data


def _parts(
    services: Services, org_id: str, batch: Job
) -> Iterator[tuple[Item, renders.RenderRequest, list[renders.Render]]]:
    """Every item with its request and its pictures; a transaction per page, none while pictures are read."""
    known, after = items_of_batch(batch), -1
    while True:
        with services.database.org_transaction(org_id) as connection:
            page = batches.list_parts(connection, org_id, batch.job_id, after=after, limit=_PAGE)
            outputs = outputs_by_render(connection, org_id, page)
        for part in page:
            assert part.item_index is not None
            after = part.item_index
            yield known[after], part, outputs.get(part.render_id, [])
        if len(page) < _PAGE:
            return


def _entries(
    item: Item, part: renders.RenderRequest, outputs: list[renders.Render]
) -> Iterator[tuple[dict[str, Any], renders.Render | None]]:
    """The item's lines of the manifest, each with its picture; one line for an item without any."""
    error = part.error or {}
    told = {
        "row": item.row + 1, "size": item.size, "status": part.status, "render_id": part.render_id,
        "error": f"{error.get('code')}: {error.get('message')}" if error else None, "fields": dict(item.fields),
    }  # fmt: skip
    if not outputs:
        yield {**told, "file": None}, None
    for row in outputs:
        plan = RenderPlan.model_validate(row.plan)
        violations = list(row.critique.get("violations") or ())
        yield (
            {
                **told,
                "file": f"{item.stem(row.index)}.{_SUFFIXES.get(row.media_type, 'bin')}",
                "picture": row.index + 1,
                "sha256": row.sha256,
                "bytes": row.size_bytes,
                "media_type": row.media_type,
                "width_px": row.width_px,
                "height_px": row.height_px,
                "alt": alt_text(plan),
                "unmet": list(plan.unmet),
                "violations": violations,
                "guardrails_ok": not (violations or plan.unmet),
                # A render's cost is told once, with its first picture, so that the column adds up.
                "cost_usd": row.cost_usd_micros / 1_000_000 if row.index == 0 else 0.0,
            },
            row,
        )


def _named(name: str, moment: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second))
    info.external_attr = 0o644 << 16
    return info


def _as_json(batch: Job, entries: Sequence[dict[str, Any]]) -> str:
    told = {
        "batch_id": batch.job_id,
        "project_id": batch.project_id,
        "pictures": sum(entry["file"] is not None for entry in entries),
        "cost_usd": round(sum(entry.get("cost_usd") or 0.0 for entry in entries), 6),
        "items": entries,
    }
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def _as_csv(batch: Job, entries: Sequence[dict[str, Any]]) -> str:
    fields = (batch.progress or {}).get("fields") or []
    written = io.StringIO(newline="")
    sheet = csv.writer(written)
    sheet.writerow([*_COLUMNS, *(_cell(f"field {name}") for name in fields)])
    for entry in entries:
        own = [_cell(entry.get(column)) for column in _COLUMNS]
        sheet.writerow([*own, *(_cell(entry["fields"].get(name)) for name in fields)])
    return written.getvalue()


def _cell(value: Any) -> Any:
    """What a spreadsheet shows and never runs: text that would begin a formula gets an apostrophe in front."""
    if isinstance(value, list):
        value = "; ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value

"""A batch's body -> its items: each a whole render request of its own, with the name of its files.

Rows outside, sizes inside. What must not live here: reading rows (`rows.py`), or what a single request may ask.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sgd_assets.renders.brief.model import BriefCopy
from sgd_assets.renders.campaign.fill import filled, filled_copy, placeholders, texts_of
from sgd_assets.renders.campaign.rows import Row, refusal, rows_of

MAX_PICTURES = 200
_SHARED = ("project_id", "constraints", "allow_draft", "plan_id")
_PARTS = tuple(name for name in BriefCopy.model_fields if name != "extra")
_LONGEST_NAME = 40


@dataclass(frozen=True)
class Item:
    """One render request of a batch."""

    index: int
    row: int
    """0-based."""
    size: str
    fields: Row
    body: Mapping[str, Any]
    """A document as `POST /render` takes it."""

    def stem(self, picture: int = 0) -> str:
        """Name of a picture's file without its ending; no two of a batch are the same."""
        words = [f"{self.row + 1:03d}", _slug(next(iter(self.fields.values()), "")), self.size]
        if picture:
            words.append(str(picture + 1))
        return "-".join(word for word in words if word)


def items_of(body: Mapping[str, Any], *, order: Sequence[str] = ()) -> tuple[Item, ...]:
    """All items of a batch, in order; the same body gives the same items.

    A batch without a seed gets one from its brief, so that its pictures look like one campaign.

    Args:
        body: a valid `render_batch_request`.
        order: of the fields in a row, as `field_order` gave it when the batch came: a database keeps none in a body.

    Raises:
        ValidationFailed: rows that are none, a placeholder that no row knows, fields that a row lacks (each row is
            named), a size given twice, or more than `MAX_PICTURES` pictures.
    """
    rows = tuple({name: row[name] for name in (*order, *row) if name in row} for row in rows_of(body))
    _check_sizes(body["outputs"], rows)
    _check_fields(body, rows)
    return tuple(_items(body, rows))


def field_order(items: Sequence[Item]) -> list[str]:
    """Names of all fields of a batch, as its rows first name them."""
    return list(dict.fromkeys(name for item in items for name in item.fields))


def _items(body: Mapping[str, Any], rows: tuple[Row, ...]) -> Iterator[Item]:
    shared = {name: body[name] for name in _SHARED if body.get(name) is not None}
    outputs, seed = body["outputs"], _seed(body)
    for number, fields in enumerate(rows):
        prompts = dict(body["prompts"])
        if prompts.get("instruction") is not None:
            prompts["instruction"] = filled(prompts["instruction"], fields)
        copy = filled_copy(_copy_of(body, fields), fields)
        for turn, size in enumerate(outputs["sizes"]):
            one = {"count": outputs.get("count", 1), "format": outputs["format"], "dimensions": size}
            document = {**shared, "prompts": prompts, "outputs": one, "seed": seed, **({"copy": copy} if copy else {})}
            yield Item(number * len(outputs["sizes"]) + turn, number, size, fields, document)


def _copy_of(body: Mapping[str, Any], fields: Row) -> Mapping[str, Any]:
    """The batch's copy; where it has none, the fields that are named as parts of a copy are those parts."""
    if body.get("copy") is not None:
        copy: Mapping[str, Any] = body["copy"]
        return copy
    return {part: f"{{{part}}}" for part in _PARTS if part in fields}


def _check_sizes(outputs: Mapping[str, Any], rows: tuple[Row, ...]) -> None:
    sizes = outputs["sizes"]
    if len(set(sizes)) != len(sizes):
        raise refusal([{"path": "$.outputs.sizes", "message": "each size once"}])
    pictures = len(rows) * len(sizes) * outputs.get("count", 1)
    if pictures > MAX_PICTURES:
        message = f"{len(rows)} rows x {len(sizes)} sizes x {outputs.get('count', 1)} are {pictures} pictures"
        raise refusal([{"path": "$.rows", "message": f"{message}: at most {MAX_PICTURES} in one batch"}])


def _check_fields(body: Mapping[str, Any], rows: tuple[Row, ...]) -> None:
    wanted = placeholders([body["prompts"].get("instruction") or "", *texts_of(body.get("copy") or {})])
    known = {name for row in rows for name in row}
    unknown = [name for name in wanted if name not in known]
    if unknown:
        told = ", ".join(f"{{{name}}}" for name in unknown)
        raise refusal(
            [{"path": "$.copy", "message": f"no row has a field for {told}; a brace that is meant is written twice"}]
        )
    lacking = [(index, [name for name in wanted if name not in row]) for index, row in enumerate(rows)]
    faults = [
        {"path": f"$.rows[{index}]", "message": f"the field {name} is missing"}
        for index, names in lacking
        for name in names
    ]
    if faults:
        raise refusal(faults)


def _seed(body: Mapping[str, Any]) -> int:
    given = body.get("seed")
    if given is not None:
        return int(given)
    brief = [body["project_id"], body["prompts"], body.get("copy"), body.get("plan_id")]
    return int.from_bytes(hashlib.sha256(json.dumps(brief, sort_keys=True).encode()).digest()[:4], "big")


def _slug(words: str) -> str:
    """Letters and figures of the words, in lower case, for a file's name."""
    return re.sub(r"[\W_]+", "-", words.casefold()).strip("-")[:_LONGEST_NAME].rstrip("-")

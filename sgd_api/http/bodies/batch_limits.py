"""What a valid batch may ask, beyond its contract: every item is a render request that could be sent by itself.

What must not live here: the limits of a single request (`request_limits.py`).
"""

from collections.abc import Mapping
from typing import Any

from sgd_api.http.bodies.batches import RenderBatchRequest
from sgd_api.http.bodies.request_limits import check_project_id, check_render
from sgd_api.http.bodies.schemas import RenderRequest
from sgd_assets.renders.campaign.items import Item, items_of
from sgd_assets.renders.campaign.rows import refusal
from sgd_resources.contracts import check_input
from sgd_resources.errors import ValidationFailed


def checked_items(document: Mapping[str, Any]) -> tuple[Item, ...]:
    """The items of a batch, each of them a request that this service can draw.

    Raises:
        ValidationFailed: the batch or an item is none; faults of items are named by their row. Nothing is asked for.
    """
    request = RenderBatchRequest.read(document, unknown="forbid")
    check_project_id(request.project_id)
    if request.rows is not None and request.csv is not None:
        raise refusal([{"path": "$.csv", "message": "either rows or csv"}])
    items = items_of(document)
    is_of_rows = request.rows is not None or request.csv is not None
    # The sizes of a row share its words, and its faults.
    faults = dict.fromkeys(fault for item in items for fault in _faults(item, is_of_rows=is_of_rows))
    if faults:
        raise refusal([{"path": path, "message": message} for path, message in faults])
    return items


def _faults(item: Item, *, is_of_rows: bool) -> list[tuple[str, str]]:
    try:
        check_input("render_request", item.body)
        check_render(RenderRequest.read(item.body, unknown="forbid"))
    except ValidationFailed as error:
        found = error.details["errors"]
        if not is_of_rows:
            return [(fault["path"], fault["message"]) for fault in found]
        return [(f"$.rows[{item.row}]", f"{fault['path']}: {fault['message']}") for fault in found]
    return []

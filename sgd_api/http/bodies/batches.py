"""The HTTP bodies of campaign sets: one brief in many sizes for many rows. Contracts of the same names in `contracts/`.

What must not live here: what a row's fields mean (`sgd_assets/renders/campaign`), or limits that are no contract.
"""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from sgd_api.http.bodies.base import Body, Timestamp
from sgd_api.http.bodies.listings import StoredError
from sgd_api.http.bodies.schemas import RenderConstraints, RenderCopy, RenderedAsset, RenderPrompts, RequestStatus

Size = Annotated[str, Field(pattern=r"^[0-9]{2,5}x[0-9]{2,5}$")]


class RenderBatchOutputs(Body):
    """How many pictures of each row, of what kind and in which sizes."""

    format: Literal["png", "jpg", "webp"]
    sizes: tuple[Size, ...] = Field(
        min_length=1, max_length=50, description="width x height in px, e.g. '1200x630'; each once"
    )
    count: int | None = Field(default=None, ge=1, le=6, description="pictures of each row in each size; 1 by default")


class RenderBatchRequest(Body):
    """Body of `POST /render/batch`: rows x sizes x count are at most 200 pictures."""

    model_config = ConfigDict(serialize_by_alias=True)

    project_id: str
    prompts: RenderPrompts
    outputs: RenderBatchOutputs
    words: RenderCopy | None = Field(
        default=None,
        alias="copy",
        description="as of a render; `{name}` stands for the row's field of that name, `{{` and `}}` for braces. "
        "Without it, fields named as parts of a copy (headline, body, ...) are those parts",
    )
    rows: tuple[dict[str, str], ...] | None = Field(
        default=None, min_length=1, max_length=200, description="fields by name; each row has all that are asked for"
    )
    csv: str | None = Field(
        default=None, description="in place of `rows`: a line of names, then the rows; parted by comma, ; or tab"
    )
    constraints: RenderConstraints | None = None
    seed: int | None = Field(
        default=None, ge=0, le=4294967295, description="of all pictures; without it, one that follows from the brief"
    )
    allow_draft: bool | None = Field(default=None, description="as of a render, for each item by itself")
    plan_id: str | None = Field(
        default=None, description="as of a render: a picture of this org whose look all items take"
    )


class BatchCounts(Body):
    """How far a batch is: its items by status."""

    total: int = Field(ge=0)
    queued: int = Field(ge=0)
    running: int = Field(ge=0)
    succeeded: int = Field(ge=0)
    failed: int = Field(ge=0)
    cancelled: int = Field(ge=0)


class RenderBatchItem(Body):
    """One render request of a batch; `status_url` has its plan, critique and audit."""

    index: int = Field(ge=0)
    row: int = Field(ge=0, description="place of its row, from 0")
    size: str
    name: str = Field(description="of its file in the zip, without its ending")
    render_id: str
    status: RequestStatus
    status_url: str
    guardrails_ok: bool | None = None
    cost_usd: float | None = None
    unmet: tuple[str, ...] | None = Field(default=None, description="what was asked and is not done")
    violations: tuple[str, ...] | None = Field(default=None, description="rules of the brand that a picture breaks")
    assets: tuple[RenderedAsset, ...] = ()
    error: StoredError | None = Field(default=None, description="why this item failed; no other one fails for it")


class RenderBatchStatus(Body):
    """A batch at any stage of its life, with one page of its items; also the 202 answer of `POST /render/batch`."""

    batch_id: str
    status: RequestStatus = Field(
        description="succeeded: every item has ended, and at least one well; failed: none went well"
    )
    status_url: str
    zip_url: str = Field(description="all pictures made so far, with a manifest; asks for the API key")
    project_id: str | None = None
    counts: BatchCounts
    cost_usd: float | None = None
    cost_usd_micros: int | None = Field(default=None, ge=0)
    items: tuple[RenderBatchItem, ...] = ()
    next_cursor: str | None = Field(default=None, description="pass as `cursor` for the next page; absent on the last")
    error: StoredError | None = None
    created_at: Timestamp | None = None
    started_at: Timestamp | None = None
    finished_at: Timestamp | None = None

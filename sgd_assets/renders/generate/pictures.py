"""Has one picture made for each output, side by side, checks and keeps what comes. `prompt, inputs -> Generated`.

What a model sends is a stranger's file: it is decoded in the confined child only, kept under its own hash as it was
served, and refused when it is none; then the next model is asked, and the refused one is paid for all the same. A
picture that an earlier try of the same request paid for is found again and not made twice. What must not live here:
what is asked (`prompt.py`).
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from pydantic import ValidationError

from sgd_assets.renders.generate.shape import Asked
from sgd_assets.renders.generate.watermarks import declared_watermark
from sgd_assets.renders.model import PictureSource
from sgd_assets.renders.model_calls import ModelCalls
from sgd_resources.errors import ContentBlocked, NotFound, RejectedEvidence, SgdError
from sgd_resources.llm.prompts import load_prompt
from sgd_resources.llm.wire.replies import Completion
from sgd_resources.ports import ConfinedJobs, ObjectStore
from sgd_resources.storage.keys import generated_key, model_note_key

TASK = "image"
MAX_PIXELS = 40_000_000  # more than any size that is asked for (4K is 17 million)
_EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


@dataclass(frozen=True)
class Generated:
    """A picture as it was served, and where it is kept."""

    source: PictureSource
    data: bytes


@dataclass(frozen=True)
class Order:
    """What one output's picture is asked by."""

    text: str
    inputs: tuple[bytes, ...]
    asked: Asked
    seed: int

    def sha256(self, prompt_sha256: str) -> str:
        """The same order of the same prompt has the same name, in whatever process."""
        inputs = [hashlib.sha256(data).hexdigest() for data in self.inputs]
        parts = [prompt_sha256, self.text, inputs, self.asked.aspect_ratio, self.asked.size, self.seed]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Studio:
    """Where pictures are ordered and kept."""

    org_id: str
    render_id: str
    models: ModelCalls
    store: ObjectStore
    jobs: ConfinedJobs
    check: Callable[[bytes], None] | None = None
    """Raises ContentBlocked for a picture that may not be shown; it is paid for and not kept."""

    def make_all(self, orders: Sequence[Order]) -> list[Generated | SgdError]:
        """A picture for each order, in order; where none could be had, the error.

        Calls run side by side under the request's one budget; the confined child is asked by one thread at a time.

        Raises:
            ContentBlocked: a picture may not be shown; no further one is ordered, and it is not kept.
        """
        kept = [self._kept(order, index) for index, order in enumerate(orders)]
        open_orders = [index for index, found in enumerate(kept) if found is None]
        skipped: dict[int, set[str]] = {index: set() for index in open_orders}
        results: dict[int, Generated | SgdError] = {index: found for index, found in enumerate(kept) if found}
        with ThreadPoolExecutor(max(1, len(open_orders)), "sgd-image") as pool:
            while open_orders:
                asked = [pool.submit(self._ask, orders[index], skipped[index]) for index in open_orders]
                again = []
                for index, future in zip(open_orders, asked, strict=True):
                    answer = future.result()
                    found = answer if isinstance(answer, SgdError) else self._taken(answer, orders[index], index)
                    if found is None and isinstance(answer, Completion):
                        skipped[index].add(answer.requested_model)
                        again.append(index)
                    elif found is not None:
                        results[index] = found
                open_orders = again
        return [results[index] for index in range(len(orders))]

    def _ask(self, order: Order, skipped: set[str]) -> Completion | SgdError:
        try:
            return self.models.generate(
                load_prompt(TASK), order.text, order.inputs, aspect_ratio=order.asked.aspect_ratio,
                size=order.asked.size, params={"seed": order.seed}, skip_models=tuple(sorted(skipped)),
            )  # fmt: skip
        except SgdError as error:
            return error

    def _taken(self, answer: Completion, order: Order, index: int) -> Generated | None:
        """The picture, stored; None when it is none, which is noted as refused."""
        data = answer.pictures[0].data
        try:
            told = self.jobs.call(
                "sgd_resources.drawing.model_pictures:read_generated", data, {"max_pixels": MAX_PIXELS}
            ).result
            sha256 = hashlib.sha256(data).hexdigest()
            source = PictureSource(
                index=index,
                key=generated_key(self.org_id, self.render_id, sha256, _EXTENSIONS[told["media_type"]]),
                sha256=sha256,
                size_bytes=len(data),
                requested_model=answer.requested_model,
                served_model=answer.served_model,
                provider=answer.provider,
                watermark=declared_watermark(answer.served_model),
                **told,
            )
        except (RejectedEvidence, KeyError, ValidationError) as error:
            self.models.refused(answer, f"no picture that can be decoded ({type(error).__name__})")
            return None
        self._check(answer)
        self.models.took(answer)
        self.store.put(source.key, data, content_type=source.media_type)
        self.store.put(self._note_key(order), source.model_dump_json().encode(), content_type="application/json")
        return Generated(source, data)

    def _check(self, answer: Completion) -> None:
        """Raises ContentBlocked."""
        if self.check is None:
            return
        try:
            self.check(answer.pictures[0].data)
        except ContentBlocked:
            self.models.refused(answer, "the content policy blocks the picture")
            raise

    def _kept(self, order: Order, index: int) -> Generated | None:
        """What an earlier try of this request got for the same order."""
        try:
            told = PictureSource.model_validate_json(self.store.get(self._note_key(order)))
            source = told.model_copy(update={"index": index})
            data = self.store.get(source.key)
        except NotFound:
            return None
        self.models.prompts[TASK] = load_prompt(TASK).sha256
        return Generated(source, data)

    def _note_key(self, order: Order) -> str:
        return model_note_key(self.org_id, self.render_id, order.sha256(load_prompt(TASK).sha256))

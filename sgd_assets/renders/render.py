"""Makes the pictures of one render request: validate, plan, have them made and judged, store.

From `render_request` + canon + evidence to `RenderRecord`. Without a model, the same three give the same bytes. What
must not live here: any choice of layout or colour (`plan/planner.py`), what models do (`assisted.py`), any drawing or
measure (`picture_job.py`, in the confined child), any database or run.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from sgd_assets.canon.model import Canon
from sgd_assets.documents.settled.keep import SettledFiles
from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_assets.renders.assisted import Assistance, Assisted
from sgd_assets.renders.brand_files import BrandFiles
from sgd_assets.renders.brief.read import read_brief
from sgd_assets.renders.call_journal import CALLS, CallJournal
from sgd_assets.renders.content.guard import ContentGuard
from sgd_assets.renders.content.policy import ContentPolicy, content_policy
from sgd_assets.renders.edit.own_picture import as_edit
from sgd_assets.renders.generate.pictures import Studio
from sgd_assets.renders.imagery.shelf import PictureShelf
from sgd_assets.renders.imagery.shown import shown_of
from sgd_assets.renders.model import PictureSource, RenderOutput, RenderPlan, RenderRecord, VectorFile
from sgd_assets.renders.model_calls import ModelCalls
from sgd_assets.renders.picture_files import PictureFiles
from sgd_assets.renders.pictures import MadePicture, check_words
from sgd_assets.renders.plan.direction import Direction
from sgd_assets.renders.plan.draw_up import brief_with
from sgd_assets.renders.progress import Progress
from sgd_assets.renders.prove.deliver import Delivery
from sgd_assets.renders.prove.manifest import Origin
from sgd_assets.renders.prove.used import evidence_used, joined
from sgd_assets.renders.references import WebPicture, read_references
from sgd_assets.renders.vectors.keep import keep_vectors
from sgd_assets.renders.within_bounds import make_within_bounds
from sgd_resources.code_versions.version import version_of
from sgd_resources.contracts import check_input
from sgd_resources.llm.safety.request_text import TextKept
from sgd_resources.ports import Caller, ConfinedJobs, FontCatalogue, LlmGateway, ObjectStore, Sealer
from sgd_resources.storage.keys import model_note_key


def render_request(
    body: Mapping[str, Any],
    canon: Canon,
    *,
    org_id: str,
    render_id: str,
    canon_version: str,
    evidence: EvidenceManifest,
    store: ObjectStore,
    jobs: ConfinedJobs,
    fonts: FontCatalogue,
    web_picture: WebPicture | None = None,
    content: ContentPolicy | None = None,
    gateway: Callable[[], LlmGateway] | None = None,
    run_id: str | None = None,
    trace_id: str | None = None,
    on_output: Callable[[int, int], None] | None = None,
    progress: Progress | None = None,
    sealer: Sealer | None = None,
    text: TextKept = "kept",
) -> RenderRecord:
    """Every picture of a request, stored under its render key, with plan and critique.

    Args:
        body: contract `render_request`.
        canon: the brand's canon.
        org_id: owner of evidence, references and outputs.
        render_id: uuid; part of the keys, not of the pictures.
        canon_version: sha256 of the canon, recorded.
        evidence: the org's clean files; logo, fonts and references come from here.
        store: where evidence lies and pictures go.
        jobs: draws, shapes and decodes, confined.
        fonts: the open fonts that live text may be set in.
        web_picture: fetches and cleans an https reference; None refuses them.
        content: what no picture may say or show; the shipped policy by default.
        gateway: gives the models; not called before the request is known to be sound. None asks nobody.
        run_id: the run that asks; its model calls share the job's limit.
        trace_id: recorded; the render id by default.
        on_output: called with (done, count) after each picture.
        progress: told of each step as it begins.
        sealer: signs each picture, last of all; None leaves them unsigned.
        text: what of the request's words may stay with its pictures.

    Returns:
        The record; `guardrails_ok` is False when a wish stays unmet, when a rule stayed broken after one repair, or
        when the logo could not be drawn in its bounds; plans and critiques say which.

    Raises:
        ContentBlocked: the content policy blocks a word or a picture; nothing of this try is stored as a render. No
            retry.
        ValidationFailed: body, constraints or references cannot be met, or the canon lacks colours or fonts. No retry.
        StorageFull, Unavailable: from the store, the confined child, or a reference's host. A retry writes the same
            keys, with the same bytes when the reference is the same.
        BudgetExceeded, ProviderFailed, ProviderRefused: no picture could be generated, and no draft is allowed. Where
            only some could, the record has those, and the first of them names what is missing.
        BrokenContract: a picture passes its bounds even without the brand's own files.
    """
    progress = progress or Progress()
    check_input("render_request", body)
    guard = ContentGuard(content or content_policy(), jobs)
    guard.check_request(body, evidence)
    progress.begin("brief")
    asked = body["prompts"]
    edit = as_edit(body, brief_with(read_brief(body), body), canon, org_id=org_id, store=store)
    body, brief = edit.body, edit.brief
    progress.begin("canon")
    pictures = read_references(body, org_id=org_id, evidence=evidence, store=store, jobs=jobs, web_picture=web_picture)
    brand = BrandFiles.find(evidence, SettledFiles(org_id, store=store, jobs=jobs), fonts)
    caller = Caller(
        org_id, project_id=body["project_id"], request_id=render_id, job_id=run_id, trace_id=trace_id or render_id
    )
    models = ModelCalls(
        gateway() if gateway is not None and not edit.is_own else None,
        caller,
        CallJournal(store, model_note_key(org_id, render_id, CALLS)),
    )
    studio = Studio(org_id, render_id, models, store, jobs, guard.check_one_picture)
    check = partial(_checked, guard, files=partial(brand.files_for, pictures={}), jobs=jobs)
    guard.ask_model(body, models)
    guard.check_pictures(pictures)
    assistance = Assistance(body, canon, brand.kit, studio, check, progress)
    assisted = assistance.prepare(brief, pictures)
    shelf = PictureShelf(org_id, store=store, jobs=jobs)
    is_draft = assisted.route == "draft"
    shown = shown_of(body, assisted.brief, evidence, shelf, generated=assisted.imagery, is_draft=is_draft)
    guard.check_pictures({**assisted.pictures, **shown.files})
    files = {**pictures, **assisted.pictures, **shown.files}
    wanted = body["outputs"]
    delivery = Delivery(org_id, store, sealer, text)
    origin = Origin(
        render_id, 0, canon, canon_version, code_version(), pictures=files, parent=_parent_of(asked, files, store)
    )
    outputs: list[RenderOutput] = []
    also: list[VectorFile] = []
    for index in range(wanted["count"]):
        if index in assisted.left_out:
            continue
        make = partial(
            make_within_bounds, body, canon, brand, files, brief=assisted.brief, index=index, jobs=jobs,
            imagery=shown.by_index.get(index), progress=progress,
        )  # fmt: skip
        first = make(direction=assisted.direction(index) or (None if index in assisted.imagery else edit.direction))
        guard.check_plan(first.plan)
        made = assistance.look_again(first, index, assisted, partial(_remade, make), imagery=shown.by_index.get(index))
        progress.begin("store", picture=index)
        origin = replace(
            origin, index=index, source=_source_of(made, assisted.sources), planner_models=served_models(models)
        )
        outputs.append(delivery.deliver(made, origin, body, wanted["format"]))
        also += keep_vectors(
            made.also, index, org_id=org_id, render_id=render_id, store=store,
            seal=partial(delivery.sealed_beside, made, origin, body),
        )  # fmt: skip
        if on_output is not None:
            on_output(index + 1, wanted["count"])
    return RenderRecord(
        render_id=render_id,
        project_id=body["project_id"],
        canon_version=canon_version,
        outputs=tuple(outputs),
        model_route=assisted.route,
        cost_usd_micros=models.cost_usd_micros,
        verified_by="declared" if declares(assisted) else "none",
        models=models.all,
        prompt_sha256s=models.prompts,
        plan_sha256=plan_hash(outputs),
        sources=tuple(assisted.sources),
        critiques=tuple(assisted.rounds),
        also=tuple(also),
        guardrails_ok=all(not (output.critique.violations or output.plan.unmet) for output in outputs),
        trace_id=trace_id or render_id,
        evidence_used=_evidence_used(outputs, canon, by_model=bool(served_models(models))),
    )


def _checked(
    guard: ContentGuard, plan: RenderPlan, *, files: Callable[[RenderPlan], PictureFiles], jobs: ConfinedJobs
) -> None:
    """Pass a plan before anything is generated for it: its words may be said, and every letter has a face."""
    guard.check_plan(plan)
    check_words(plan, files, jobs)


def _evidence_used(outputs: Sequence[RenderOutput], canon: Canon, *, by_model: bool) -> dict[str, tuple[str, ...]]:
    of_each = (evidence_used(output.plan, canon, by_model=by_model) for output in outputs)
    return {one.evidence_sha256: one.roles for one in joined(of_each)}


def _parent_of(prompts: Mapping[str, Any], files: Mapping[str, bytes], store: ObjectStore) -> bytes | None:
    """The picture that an edit begins from."""
    if prompts["task"] != "edit":
        return None
    name = prompts["references"][0]
    return files[name] if name in files else store.get(name)


def _source_of(made: MadePicture, sources: Sequence[PictureSource]) -> PictureSource | None:
    """The generated picture that a picture shows."""
    shown = made.plan.imagery.keys if made.plan.imagery is not None else ()
    return next((source for source in sources if source.key in shown), None)


def _remade(make: Callable[..., MadePicture], direction: Direction) -> MadePicture:
    return make(direction=direction)


def plan_hash(outputs: Sequence[RenderOutput]) -> str:
    """sha256 of the plans of all outputs, in order, as JSON with sorted keys."""
    plans = [output.plan.model_dump(mode="json") for output in outputs]
    return hashlib.sha256(json.dumps(plans, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def served_models(models: ModelCalls) -> tuple[str, ...]:
    """Models whose answers were used for plan or critique, in the order of their first answer."""
    used = (one for one in models.all if one.outcome == "succeeded" and one.task != "image")
    return tuple(dict.fromkeys(one.served_model for one in used if one.served_model))


def declares(assisted: Assisted) -> bool:
    """Whether the maker of every served model declares that its pictures are marked, and there are such pictures."""
    return bool(assisted.sources) and all(source.watermark is not None for source in assisted.sources)


def code_version() -> str:
    """Of all code that decides a picture's bytes."""
    return version_of("sgd_assets.renders.picture_job:make_picture")

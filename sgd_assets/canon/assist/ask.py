"""The assisted route: a model reads every visible block and proposes facts. `Canon, documents -> Assisted`.

Page by page (`blocks.py`) it is asked once, or its recorded answer is taken; each claim is re-opened and looked at a
second time (`reopen.py`, `second_look.py`) before the canon takes it (`merge.py`). Without a key, or when no call is
answered, the local canon comes back unchanged with a note. What must not live here: sending (the gateway), what is
believed of an answer, and local rules.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sgd_assets.canon.assist.blocks import Page, choose_pages
from sgd_assets.canon.assist.gates import failed_gates
from sgd_assets.canon.assist.merge import merge_page
from sgd_assets.canon.assist.question import TASK, answer_schema, messages_for
from sgd_assets.canon.assist.recorded import Answers, NoAnswers, Recorded, StoredAnswers
from sgd_assets.canon.assist.uplift import Uplift, uplift_of
from sgd_assets.canon.model import Canon
from sgd_assets.documents.manifest import DocumentsManifest
from sgd_assets.documents.shelf import DocumentShelf
from sgd_resources.code_versions.version import version_of
from sgd_resources.errors import BudgetExceeded, SgdError
from sgd_resources.llm.prompts import load_prompt
from sgd_resources.parsed_document import ParsedDocument
from sgd_resources.ports import Caller, LlmGateway, ObjectStore

NO_KEY = "no model key: local route"
MOST_ASKING_MS = 300_000
"""Of one derivation: well below what a job may run. What was answered is recorded, so that the next run goes on."""
OUT_OF_TIME = "no more time in this run: the next one goes on"


@dataclass(frozen=True)
class Assisted:
    """The canon after the model's say, or the local one unchanged, and what the calls were."""

    canon: Canon
    is_assisted: bool
    note: str
    dropped: tuple[str, ...] = ()
    """Claims that were refused, each with the reason."""
    cost_usd_micros: int = 0
    """Of this derivation's own calls; a recorded answer was paid for before."""
    latency_ms: int = 0
    over_marks: tuple[str, ...] = ()
    """Gates (`assist/gates.py`) that these calls missed. They are told; the answers count all the same."""
    answered: bool = False
    """Whether a valid answer came, also where it changed nothing."""
    budget_exhausted: bool = False
    """No budget had room for a call."""
    taken: int = 0
    """Claims that changed the canon."""
    agreed: int = 0
    """Claims that the canon said already."""
    pages: int = 0
    """Pages of blocks that a model was to read."""
    pages_answered: int = 0
    uplift: Uplift | None = None
    """What the help was worth; None where no answer came."""

    def reasons(self) -> dict[str, int]:
        """Refused claims by reason, the commonest first."""
        return dict(sorted(Counter(self.dropped).items(), key=lambda pair: (-pair[1], pair[0])))


@dataclass
class _Calls:
    """What the calls of one derivation were, while they are made."""

    cost_usd_micros: int = 0
    latency_ms: int = 0
    answered: int = 0
    invalid: int = 0
    failure: str | None = None
    is_over_budget: bool = False
    dropped: list[str] = field(default_factory=list)


def assist_canon(
    canon: Canon,
    documents: Sequence[tuple[str, ParsedDocument]],
    *,
    gateway: LlmGateway,
    org_id: str,
    run_id: str | None = None,
    answers: Answers | None = None,
) -> Assisted:
    """The canon with what a model proposed and its places bear out; never fails for the model's sake.

    Args:
        canon: of these documents, by the local route.
        documents: (file name, parsed document) of all evidence.
        gateway: asked once for each page that has no recorded answer.
        org_id: who pays.
        run_id: the run that asks; its calls are one trace and share the job's call limit.
        answers: recorded ones; a page that has one is not asked about again, so that it makes the same canon.

    Raises:
        Unavailable: the store of recorded answers is down. Retry.
    """
    recorded = answers or NoAnswers()
    shown = choose_pages(documents, canon)
    if not shown.pages:
        return Assisted(canon, False, "nothing to ask: no visible block" if gateway.is_cloud else NO_KEY)
    calls, merged, taken, agreed = _Calls(), canon, 0, 0
    caller = Caller(org_id, job_id=run_id, trace_id=run_id)
    for page in shown.pages:
        answer = recorded.recall(page) or _asked(page, gateway, caller, calls, recorded)
        if answer is None:
            continue
        calls.answered += 1
        step = merge_page(merged, answer.data, page)
        merged, taken, agreed = step.canon, taken + step.taken, agreed + step.agreed
        calls.dropped += step.dropped
    if merged != canon:
        merged = merged.model_copy(update={"derived_by": f"{canon.derived_by}+assist@{assist_version()}"})
    failed = failed_gates(
        latency_ms=calls.latency_ms, cost_usd_micros=calls.cost_usd_micros, pages=count_pages(documents)
    )
    return Assisted(
        canon=merged,
        is_assisted=merged != canon,
        note=_note(calls, len(shown.pages), shown.left_out, gateway.is_cloud, failed),
        dropped=tuple(calls.dropped),
        cost_usd_micros=calls.cost_usd_micros,
        latency_ms=calls.latency_ms,
        over_marks=failed,
        answered=calls.answered > 0,
        budget_exhausted=calls.is_over_budget,
        taken=taken,
        agreed=agreed,
        pages=len(shown.pages),
        pages_answered=calls.answered,
        uplift=uplift_of(canon, merged) if calls.answered else None,
    )


def assist_org_canon(
    canon: Canon,
    manifest: DocumentsManifest,
    *,
    store: ObjectStore,
    shelf: DocumentShelf,
    gateway: LlmGateway,
    run_id: str | None = None,
) -> Assisted:
    """`assist_canon` over an org's stored documents and recorded answers, read only when a model can be asked.

    Raises:
        Unavailable: the store is down. Retry.
    """
    if not gateway.is_cloud:
        return Assisted(canon, False, NO_KEY)
    documents = [(entry.file_name, document) for entry, document in shelf.readable(manifest)]
    answers = StoredAnswers(store, manifest.org_id)
    return assist_canon(canon, documents, gateway=gateway, org_id=manifest.org_id, run_id=run_id, answers=answers)


def count_pages(documents: Sequence[tuple[str, ParsedDocument]]) -> int:
    """Pages read; a file without pages counts as one."""
    return sum(max(1, len(document.pages)) for _, document in documents)


def assist_version() -> str:
    """Version of what a model is asked, and of what is believed of its answer."""
    return f"{version_of(assist_org_canon)}.{load_prompt(TASK).sha256[:8]}"


def _asked(page: Page, gateway: LlmGateway, caller: Caller, calls: _Calls, recorded: Answers) -> Recorded | None:
    """The model's answer on a page, recorded; None where none came, which `calls` tells. After a failure nobody is
    asked again: the next page would fail for the same reason."""
    if not gateway.is_cloud or calls.failure is not None:
        return None
    if calls.latency_ms >= MOST_ASKING_MS:
        calls.failure = OUT_OF_TIME
        return None
    try:
        reply = gateway.complete(TASK, messages_for(page), schema=answer_schema(), caller=caller)
    except SgdError as error:
        calls.failure, calls.is_over_budget = _reason(error), isinstance(error, BudgetExceeded)
        return None
    # An answer that is here is paid for, and the same from the cache is quick and free: gates tell, they take nothing.
    calls.cost_usd_micros += reply.cost_usd_micros
    calls.latency_ms += reply.latency_ms
    if reply.validation not in ("passed", "repaired") or not isinstance(reply.data, Mapping):
        calls.invalid += 1
        return None
    answer = Recorded(reply.data, reply.served_model)
    recorded.keep(page, answer)
    return answer


def _note(calls: _Calls, pages: int, left_out: int, is_cloud: bool, failed: Sequence[str]) -> str:
    """What a person must know of the help, in one line."""
    if not calls.answered and not is_cloud:
        return NO_KEY
    told = []
    if not calls.answered and calls.failure:
        told.append(f"no model answered: {calls.failure}")
    elif not calls.answered:
        told.append("the model's answer breaks its schema: local route")
    else:
        told.append(f"{len(calls.dropped)} claims dropped")
        if calls.answered < pages:
            broken = f"{calls.invalid} answers break their schema" if calls.invalid else None
            why = "; ".join(filter(None, (broken, calls.failure)))
            told.append(f"{calls.answered} of {pages} pages answered" + (f": {why}" if why else ""))
    if left_out:
        told.append(f"{left_out} more pages were not shown")
    if failed:
        told.append(f"over the mark for {' and '.join(failed)}")
    return "; ".join(told)


def _reason(error: SgdError) -> str:
    """Why, in words and with the kind that the call log has; never a class' name."""
    kind = error.details.get("kind")
    return f"{error} ({kind})" if kind and str(kind) not in str(error) else str(error)

"""What went wrong for one org in one stage of a run: made from an exception, kept on the run, read back from it.

A failure is an observation of the org's partition in the run's own event log, so that every later stage of the run,
whichever process it is in, and everybody who asks afterwards reads the same. What must not live here: what a run does
about it (`runs.py`).
"""

import json
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from dagster import AssetKey, AssetObservation, DagsterEventType, DagsterInstance, Failure

from sgd_assets.graph.failures import ERROR_METADATA, UNEXPECTED, error_row
from sgd_assets.graph.ui_metadata import markdown_table
from sgd_resources.errors import SgdError

NAMED_IN_A_SENTENCE = 20
"""Orgs named in the run's one-line failure; all of them stand in its table and in the log."""


@dataclass(frozen=True)
class OrgFailure:
    """Why one org could not go on.

    Attributes:
        org_id: whose partition.
        stage: asset that failed.
        code: as a failed request's row has it.
        reason: one sentence; no file content, no secret.
        details: of the error.
    """

    org_id: str
    stage: str
    code: str
    reason: str
    details: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.stage}: {self.code}: {self.reason}"


def failure_of(org_id: str, stage: str, error: Exception) -> OrgFailure:
    """The failure that `error` means. Of an error that is not ours only kind and place are kept: its text may quote."""
    if isinstance(error, SgdError):
        row = error_row(error)
        return OrgFailure(org_id, stage, row["code"], row["message"], row["details"])
    return OrgFailure(org_id, stage, UNEXPECTED["code"], f"unexpected {type(error).__name__} {_place(error)}", {})


def observation_of(failure: OrgFailure) -> AssetObservation:
    """What the org's partition shows in the UI."""
    row = {"code": failure.code, "message": failure.reason, "details": dict(failure.details)}
    return AssetObservation(
        AssetKey(failure.stage),
        partition=failure.org_id,
        description=f"failed: {failure}",
        metadata={
            "stage": failure.stage,
            "code": failure.code,
            "reason": failure.reason,
            ERROR_METADATA: json.dumps(row, default=str),
        },
    )


def failures_of_run(instance: DagsterInstance, run_id: str) -> dict[str, OrgFailure]:
    """Org id to its first failure in this run."""
    found: dict[str, OrgFailure] = {}
    for entry in instance.all_logs(run_id, of_type=DagsterEventType.ASSET_OBSERVATION):
        observation = entry.asset_observation
        if observation is None or observation.partition is None or ERROR_METADATA not in observation.metadata:
            continue
        row = json.loads(str(observation.metadata[ERROR_METADATA].value))
        failure = OrgFailure(
            observation.partition, observation.asset_key.path[-1], row["code"], row["message"], row["details"]
        )
        found.setdefault(failure.org_id, failure)
    return found


def run_failure(failures: Sequence[OrgFailure], orgs: int) -> Failure:
    """What ends a run in which some of its `orgs` failed: names each, with stage and reason."""
    ordered = sorted(failures, key=lambda failure: failure.org_id)
    rows = [(failure.org_id, failure.stage, failure.code, failure.reason) for failure in ordered]
    return Failure(
        description=f"{len(ordered)} of {orgs} orgs failed: {_sentence(ordered)}",
        metadata={"failed_orgs": markdown_table(("org", "stage", "code", "reason"), rows)},
        allow_retries=False,
    )


def _sentence(failures: Iterable[OrgFailure]) -> str:
    named = [f"{failure.org_id} ({failure})" for failure in failures]
    more = len(named) - NAMED_IN_A_SENTENCE
    return "; ".join(named[:NAMED_IN_A_SENTENCE]) + (f"; and {more} more" if more > 0 else "")


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"in {PurePath(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else "somewhere"

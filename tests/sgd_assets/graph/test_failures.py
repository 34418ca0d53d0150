"""Our errors as Dagster hears them and as the request's row keeps them."""

import pytest
from dagster import Failure, RetryRequested

from sgd_assets.graph.failures import LONGEST_RETRY_WAIT_S, error_row, to_dagster
from sgd_resources import errors
from sgd_resources.errors import (
    BrokenContract,
    BudgetExceeded,
    CorruptObject,
    InvalidInput,
    NotFound,
    RejectedEvidence,
    SgdError,
    StorageFull,
    Unavailable,
)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotFound("x"), "NOT_FOUND"),
        (InvalidInput("x"), "INVALID_REQUEST"),
        (RejectedEvidence("reject", "empty"), "VALIDATION_FAILED"),
        (BudgetExceeded("x"), "BUDGET_EXCEEDED"),
        (StorageFull("x"), "UNAVAILABLE"),
        (BrokenContract("x"), "INTERNAL_ERROR"),
        (CorruptObject("x"), "INTERNAL_ERROR"),
    ],
)
def test_the_most_specific_code_wins(error: SgdError, code: str) -> None:
    assert error_row(error)["code"] == code


def test_every_error_of_the_tree_has_a_code() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, SgdError)]
    assert len(kinds) > 10
    for kind in kinds:
        error = RejectedEvidence("reject", "empty") if kind is RejectedEvidence else kind("x")
        assert error_row(error)["code"].isupper()


def test_only_something_that_is_down_is_tried_again() -> None:
    assert isinstance(to_dagster(Unavailable("x"), may_wait=True), RetryRequested)
    for error in (InvalidInput("x"), BrokenContract("x")):
        failure = to_dagster(error, may_wait=True)
        assert isinstance(failure, Failure)
        assert failure.allow_retries is False


def test_a_run_that_somebody_waits_for_fails_at_once_and_says_when_to_come_back() -> None:
    failure = to_dagster(Unavailable("x", retry_after_s=7), may_wait=False)
    assert isinstance(failure, Failure)
    assert error_row(Unavailable("x", retry_after_s=7))["details"]["retry_after_s"] == 7


def test_no_run_waits_longer_than_its_place_is_worth() -> None:
    retry = to_dagster(Unavailable("x", retry_after_s=86_400), may_wait=True)
    assert isinstance(retry, RetryRequested)
    assert retry.seconds_to_wait == LONGEST_RETRY_WAIT_S

"""Our errors over HTTP: the codes and statuses that their classes carry."""

import inspect
from typing import get_args

import pytest

from sgd_api.http.bodies.schemas import ErrorCode
from sgd_api.http.errors import http_error, status_http_error, stored_http_error
from sgd_assets.graph.failures import error_row
from sgd_resources import errors
from sgd_resources.errors import STATUS_OF_CODE


def _made(kind: type[errors.SgdError]) -> errors.SgdError:
    if kind is errors.RejectedEvidence:
        return errors.RejectedEvidence("reject", "encrypted", details={"type": "application/pdf"})
    return kind("what happened", details={"path": "$.x"})


KINDS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.SgdError)]
EXPECTED = {
    errors.InvalidInput: ("INVALID_REQUEST", 400),
    errors.Unauthorized: ("UNAUTHORIZED", 401),
    errors.Forbidden: ("FORBIDDEN", 403),
    errors.NotFound: ("NOT_FOUND", 404),
    errors.Conflict: ("CONFLICT", 409),
    errors.PayloadTooLarge: ("PAYLOAD_TOO_LARGE", 413),
    errors.TooSlow: ("REQUEST_TIMEOUT", 408),
    errors.ValidationFailed: ("VALIDATION_FAILED", 422),
    errors.RejectedEvidence: ("VALIDATION_FAILED", 422),
    errors.ContentBlocked: ("CONTENT_BLOCKED", 422),
    errors.RateLimited: ("RATE_LIMIT_EXCEEDED", 429),
    errors.BudgetExceeded: ("BUDGET_EXCEEDED", 429),
    errors.ProviderRefused: ("LLM_PROVIDER_ERROR", 502),
    errors.ProviderFailed: ("LLM_PROVIDER_ERROR", 502),
    errors.Unavailable: ("UNAVAILABLE", 503),
    errors.StorageFull: ("UNAVAILABLE", 503),
    errors.IndexDamaged: ("UNAVAILABLE", 503),
    errors.BrokenContract: ("INTERNAL_ERROR", 500),
    errors.CorruptObject: ("INTERNAL_ERROR", 500),
    errors.SgdError: ("INTERNAL_ERROR", 500),
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_error_has_its_code_and_status(kind: type[errors.SgdError]) -> None:
    found = http_error(_made(kind))
    assert (found.code, found.status) == EXPECTED[kind]


def test_a_code_has_one_status_and_the_contract_knows_it() -> None:
    assert all(STATUS_OF_CODE[kind.code] == kind.http_status for kind in KINDS)
    assert set(STATUS_OF_CODE) == set(get_args(ErrorCode))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_answered_from_its_row_has_the_code_and_status_of_a_fresh_one(kind: type[errors.SgdError]) -> None:
    fresh, stored = http_error(_made(kind)), stored_http_error(error_row(_made(kind)))
    assert (stored.code, stored.status) == (fresh.code, fresh.status)


def test_what_can_be_waited_for_says_how_long_in_whole_seconds() -> None:
    assert http_error(errors.Unavailable("down", retry_after_s=2.1)).headers["Retry-After"] == "3"
    assert http_error(errors.RateLimited("busy", retry_after_s=0.0)).headers["Retry-After"] == "1"


def test_a_fault_of_ours_tells_the_client_nothing_of_its_cause() -> None:
    found = http_error(errors.CorruptObject("bytes of org/acme/x changed", details={"key": "org/acme/x"}))
    assert found.details == {}
    assert "acme" not in found.message


def test_a_stored_error_is_answered_like_a_fresh_one() -> None:
    row = {"code": "BUDGET_EXCEEDED", "message": "spent", "details": {"retry_after_s": 30}}
    found = stored_http_error(row)
    assert (found.status, found.headers["Retry-After"]) == (429, "30")
    assert stored_http_error({"code": "WHAT"}).status == 500
    assert stored_http_error({}).code == "INTERNAL_ERROR"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503, 599])
def test_a_status_of_the_framework_gets_a_code_of_the_table(status: int) -> None:
    assert status_http_error(status, "x").code in STATUS_OF_CODE

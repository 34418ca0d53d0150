"""A full disk below any stage, also where a library met it, is a matter of waiting: 503, never 500."""

import errno

from sgd_api.http.errors import stored_http_error
from sgd_assets.graph.per_org.runs import _Work


def test_a_stage_that_meets_a_full_disk_fails_its_org_with_unavailable_and_a_time_to_come_back() -> None:
    def stage(org_id: str) -> None:
        raise OSError(errno.ENOSPC, "no space left on device", "/secret/path")

    work = _Work(stage, "render_outputs")
    work.go_through(["acme"], at_once=1)
    failure = work.failed["acme"]
    assert failure.code == "UNAVAILABLE"
    assert "/secret/path" not in failure.reason
    row = {"code": failure.code, "message": failure.reason, "details": failure.details}
    assert (stored_http_error(row).status, stored_http_error(row).headers["Retry-After"]) == (503, "60")

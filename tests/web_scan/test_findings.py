"""What a scanner's report holds is told, and only what has a reason is let be."""

import pytest

from tests.web_scan import findings
from tests.web_scan.findings import findings_of

REPORT = {
    "vulnerabilities": {"Cross Site Scripting": [{"method": "GET", "path": "/v1/jobs", "info": "XSS in cursor"}]},
    "anomalies": {"Internal Server Error": [{"method": "POST", "path": "/render", "info": "The server answered 500"}]},
}


def test_vulnerabilities_and_anomalies_are_faults_unless_a_reason_is_written_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = findings_of(REPORT)
    assert [(one.category, one.path, one.reason) for one in found] == [
        ("Cross Site Scripting", "/v1/jobs", None),
        ("Internal Server Error", "/render", None),
    ]
    monkeypatch.setitem(findings.LET_BE, ("Internal Server Error", "The server"), "a test")
    assert [one.reason for one in found] == [None, "a test"]


def test_what_is_no_report_is_refused() -> None:
    with pytest.raises(KeyError):
        findings_of({"infos": {}})

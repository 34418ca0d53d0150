"""The demo's exit code: a folder that was taken by half is not taken for the whole."""

from pathlib import Path
from typing import Any, cast

import pytest
from rich.progress import Progress

from sgd_api.api_client import ApiClient
from sgd_api.cli.commands import demo
from sgd_api.cli.left_out import LeftOut
from tests.sgd_api.cli.answers import answers_of


class DemoClient:
    """Answers an ingest of two files, one of which the gate held and one of which no parser could read."""

    def ingest(self, upload_ids: list[str], *, project_id: str) -> dict[str, Any]:
        files = [
            {"file_name": "a.pdf", "status": "promoted"},
            {"file_name": "b.pdf", "status": "rejected", "reason": "bomb", "message": "9 pages; at most 2 are read"},
        ]
        return {"processed": 1, "chunks": 3, "files": files}

    def get(self, path: str, params: dict[str, Any]) -> dict[str, Any]:
        parse = {"state": "refused", "reason": "malformed"}
        return {"uploads": [{"upload_id": "id-a", "file_name": "a.pdf", "parse": parse}]}


def test_files_that_the_gate_or_a_parser_left_out_are_noted_with_their_org() -> None:
    result = demo.OrgResult("acme")
    demo._ingest(cast(ApiClient, DemoClient()), result, ["id-a", "id-b"], Progress(disable=True))
    assert result.left_out == [
        LeftOut("b.pdf", "bomb: 9 pages; at most 2 are read", "acme"),
        LeftOut("a.pdf", "not readable: malformed", "acme"),
    ]


@pytest.mark.parametrize("is_whole", [True, False])
def test_the_demo_ends_with_1_when_a_file_was_left_out(
    is_whole: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_bytes(b"x")
    if not is_whole:
        (tmp_path / "b.md").symlink_to(tmp_path / "gone.md")

    def run(client: Any, database: Any, org_id: str, inside: Any, *_: Any) -> demo.OrgResult:
        result = demo.OrgResult(org_id)
        result.leave_out(inside.left_out)
        return result

    answers_of(None, monkeypatch)
    monkeypatch.setattr("sgd_api.cli.demo_report.print_report", lambda *_, **__: None)
    monkeypatch.setattr(demo, "_run_org", run)
    if is_whole:
        demo.demo(tmp_path)
        return
    with pytest.raises(SystemExit) as ended:
        demo.demo(tmp_path)
    assert ended.value.code == 1
    assert "my-brand/b.md: a link that leads nowhere" in capsys.readouterr().err


@pytest.mark.parametrize(("kept", "code"), [((True, True), None), ((True, False), 1)])
def test_the_demo_ends_with_1_when_a_picture_breaks_the_canon(
    kept: tuple[bool, ...], code: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    audits = [{"guardrails_ok": one, "cost_usd": 0.0} for one in kept]
    answers_of(None, monkeypatch)
    monkeypatch.setattr("sgd_api.cli.demo_report.print_report", lambda *_, **__: None)
    monkeypatch.setattr(demo, "_run_org", lambda *_: demo.OrgResult("my-brand", audits=audits))
    (tmp_path / "a.md").write_bytes(b"x")
    if code is None:
        demo.demo(tmp_path)
        return
    with pytest.raises(SystemExit) as ended:
        demo.demo(tmp_path)
    assert ended.value.code == code

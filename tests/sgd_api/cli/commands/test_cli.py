"""The command line as a person or a script meets it: output, JSON, exit codes."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from rich.console import Console

from sgd_api.cli import app as cli
from sgd_api.cli.commands.search import hits_table
from sgd_api.cli.terminal import diff_table, print_plain
from sgd_api.samples.shelf import sample_kits

KITS = sorted(sample_kits().items())


def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *argv: str) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["sgd", *argv])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    captured = capsys.readouterr()
    code = stopped.value.code
    return (int(code) if code is not None else 0), captured.out, captured.err


@pytest.mark.slow
@pytest.mark.parametrize(("name", "folder"), KITS, ids=[name for name, _ in KITS])
def test_a_sample_kits_canon_is_its_truth(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    truth: dict[str, Any] = json.loads((folder.parent / "truth.json").read_text("utf-8"))
    code, out, _ = run(capsys, monkeypatch, "canon", "derive", str(folder), "--json")
    canon = json.loads(out)
    assert code == 0
    assert canon["palette_hex"] == truth["palette_hex"]
    assert canon["fonts"] == truth["fonts"]
    assert canon["status"] == "complete"
    assert all(fact["citations"] for fact in canon["facts"])
    assert canon["refused"] == []


def test_a_missing_folder_is_one_line_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code, out, err = run(capsys, monkeypatch, "canon", "derive", str(tmp_path / "nowhere"))
    assert code == 2
    assert out == ""
    assert err.startswith("error: ")
    assert err.count("\n") == 1


def test_an_empty_folder_is_a_clear_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code, _, err = run(capsys, monkeypatch, "canon", "derive", str(tmp_path))
    assert code == 2
    assert "holds no files" in err


@pytest.mark.slow
def test_one_bad_file_does_not_stop_the_canon_and_is_told_by_name_and_exit_code(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "brand.css").write_text(":root { --brand-primary: #0A7B5C; } body { font-family: Karla, sans-serif }")
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "program.png").write_bytes(b"MZ" + bytes(200))
    code, out, _ = run(capsys, monkeypatch, "canon", "derive", str(tmp_path), "--json")
    canon = json.loads(out)
    assert code == 1
    assert sorted(refusal["file_name"] for refusal in canon["refused"]) == ["empty.pdf", "program.png"]
    assert "#0A7B5C" in canon["palette_hex"]


@pytest.mark.slow
def test_a_page_for_a_folder_that_is_not_there_is_refused_before_anything_is_made(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "voice.md").write_text("# Voice\n")
    for option in ("--html", "-o"):
        target = tmp_path / "no" / "such" / "page.html"
        code, _, err = run(capsys, monkeypatch, "canon", "derive", str(tmp_path), option, str(target))
        assert (code, "is no folder" in err) == (2, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["voice.md"]


def test_inspect_says_what_lies_there_instead_of_a_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    paths = [str(tmp_path), str(tmp_path / "pipe"), str(tmp_path / "nothing")]
    code, out, _ = run(capsys, monkeypatch, "evidence", "inspect", *paths, "--json")
    told = [json.loads(line)["details"]["message"].split(":")[0] for line in out.splitlines()]
    assert (code, told) == (1, ["a folder", "a pipe or socket", "no such file"])


@pytest.mark.slow
def test_a_file_that_was_read_in_part_is_told_of_by_derive(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    picture = io.BytesIO()
    Image.effect_noise((900, 1200), 60).convert("RGB").save(picture, "PDF")
    (tmp_path / "scan.pdf").write_bytes(picture.getvalue())
    _, out, _ = run(capsys, monkeypatch, "canon", "derive", str(tmp_path), "--json")
    assert json.loads(out)["reading_notes"][0].startswith("scan.pdf: hardly any text layer")
    _, out, _ = run(capsys, monkeypatch, "canon", "derive", str(tmp_path))
    assert "note scan.pdf: hardly any text layer" in out


@pytest.mark.slow
def test_inspect_prints_one_object_per_file_and_exits_1_when_one_stays_out(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    good, bad, missing = tmp_path / "notes.md", tmp_path / "fake.png", tmp_path / "gone.pdf"
    good.write_text("# Brand\n\nPrimary: #0A7B5C\n")
    bad.write_bytes(b"MZ" + bytes(100))
    code, out, _ = run(capsys, monkeypatch, "evidence", "inspect", str(good), str(bad), str(missing), "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert [row["verdict"] for row in rows] == ["accept", "reject", "reject"]
    assert rows[0]["evidence_sha256"]
    assert rows[1]["evidence_sha256"] is None
    assert set(rows[0]) == {"file", "verdict", "reason", "detected_type", "av", "details", "evidence_sha256", "parse"}


@pytest.mark.slow
@pytest.mark.embedded
def test_keys_are_shown_once_listed_without_secret_and_revoked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SGD_VAR_DIR", str(tmp_path / "var"))
    code, out, err = run(capsys, monkeypatch, "keys", "create", "--org", "acme", "--label", "test", "--json")
    assert (code, err) == (0, "")
    made = json.loads(out)
    _, out, _ = run(capsys, monkeypatch, "keys", "list", "--org", "acme", "--json")
    assert made["key"] not in out
    assert json.loads(out)[0]["revoked_at"] is None
    code, _, _ = run(capsys, monkeypatch, "keys", "revoke", made["key_id"], "--org", "acme")
    assert code == 0
    _, out, _ = run(capsys, monkeypatch, "keys", "list", "--org", "acme", "--json")
    assert json.loads(out)[0]["revoked_at"] is not None
    code, _, err = run(capsys, monkeypatch, "keys", "create", "--org", "../etc")
    assert code == 2
    assert err.startswith("error: ")


def test_backfill_ranges_never_take_an_org_that_was_not_asked_for() -> None:
    from sgd_assets.running.backfill_process import ranges

    partitions = ["a", "b", "c", "d", "e", "f"]
    assert list(ranges(partitions, ["a", "b", "d", "f"])) == [
        ("a", "b", ["a", "b"]),
        ("d", "d", ["d"]),
        ("f", "f", ["f"]),
    ]


def test_backfill_ranges_are_split_at_the_run_size(monkeypatch: pytest.MonkeyPatch) -> None:
    from sgd_assets.running import backfill_process as backfill

    monkeypatch.setattr(backfill, "ORGS_PER_RUN", 2)
    assert [members for _, _, members in backfill.ranges(list("abcde"), list("abcde"))] == [
        ["a", "b"],
        ["c", "d"],
        ["e"],
    ]


@pytest.mark.slow
def test_help_loads_nothing_that_only_a_command_needs() -> None:
    asked = "import sys, sgd_api.cli.app; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pydantic", "httpx", "sqlalchemy", "redis", "numpy", "PIL", "dagster"} & set(loaded)


def test_an_unforeseen_failure_is_one_line_that_names_its_log(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object) -> None:
        document_text = "nobody may read this"
        raise RuntimeError(f"bug of {len(document_text)}")

    monkeypatch.setenv("SGD_VAR_DIR", str(tmp_path))
    monkeypatch.setattr("sgd_api.cli.folders.canon.derive_folder", fail)
    code, out, err = run(capsys, monkeypatch, "canon", "derive", str(tmp_path))
    log = tmp_path / "log" / "command-line.log"
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert str(log) in err
    assert "RuntimeError: bug of 20" in log.read_text("utf-8")


def test_a_setting_that_cannot_be_is_named_without_its_value(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SGD_API_PORT", "s3cret")
    code, out, err = run(capsys, monkeypatch, "canon", "derive", str(tmp_path))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "SGD_API_PORT" in err
    assert "s3cret" not in err


def test_a_diff_shows_what_went_and_what_came() -> None:
    none: dict[str, Any] = {"added": [], "removed": []}
    diff = {
        "from_version": "a" * 64, "to_version": "b" * 64, "is_same": False, "fonts": {**none, "is_reordered": True},
        "palette_hex": {"removed": ["#112233"], "added": ["#445566", "#778899"]}, "voice_dos": none,
        "voice_donts": none, "logo_dos": {"added": ["Keep it clear"]}, "logo_donts": {"removed": ["Do not tilt"]},
        "voice_tone": {"before": None, "after": "[plain]"}, "facts": {"added": ["f1"]},
        "evidence": none,
    }  # fmt: skip
    console = Console(width=80, file=io.StringIO())
    console.print(diff_table(diff))
    shown = console.file.getvalue()  # type: ignore[attr-defined]  # the StringIO above
    assert all(word in shown for word in ("#112233", "#445566", "#778899", "[plain]", "another order", "1 new"))
    assert all(word in shown for word in ("logo do", "Keep it clear", "logo don't", "Do not tilt"))
    assert "nothing changed" in str(diff_table({**diff, "is_same": True}))


def test_square_brackets_of_documents_are_words_not_markup(capsys: pytest.CaptureFixture[str]) -> None:
    hits = [{"score": 0.5, "text": "[/bold] [link=x]here[/link]", "source": {"file_name": "[red]a.md"}}]
    print_plain(hits_table(hits, "“[/x]” in acme"))
    shown = capsys.readouterr().out
    assert all(words in shown for words in ("[/bold] [link=x]here[/link]", "[red]a.md", "“[/x]” in acme"))

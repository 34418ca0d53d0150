"""A campaign's file becomes a request, and its zip a folder or a file that never replaces what is there."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, cast

import pytest

from sgd_api.api_client import ApiClient
from sgd_api.cli.campaign import Campaign, check_target, run_campaign, save_set
from sgd_resources.contracts import faults
from sgd_resources.errors import ValidationFailed
from tests.sgd_api.cli.answers import answers_of

BATCH = {"batch_id": "0d9f3ad5-2f1c-4a52-9f0e-6f7d3c7f1a20", "zip_url": "/render/batch/x/zip"}


class Zips:
    """A client whose zip holds one picture."""

    def save(self, path: str, target: IO[bytes]) -> None:
        assert path == BATCH["zip_url"]
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("001-64x64.png", b"picture")


def read(file: Path, instruction: str | None = None, *sizes: str) -> Campaign:
    return Campaign.read(file, instruction=instruction, sizes=sizes, image_format="png", count=1)


def test_a_sheet_is_sent_as_it_is_with_the_options_beside_it(tmp_path: Path) -> None:
    sheet = tmp_path / "rows.csv"
    sheet.write_bytes("\ufeffcity;price\r\nRome;9 €\r\n".encode())
    body = read(sheet, 'Poster: "{city}"', "64x64", "80x80").body
    assert faults("render_batch_request", body) == []
    assert body["csv"] == "city;price\r\nRome;9 €\r\n"
    assert (body["prompts"]["instruction"], body["outputs"]["sizes"]) == ('Poster: "{city}"', ["64x64", "80x80"])


def test_a_list_in_json_is_rows_and_an_object_the_request_itself(tmp_path: Path) -> None:
    file = tmp_path / "rows.json"
    file.write_text(json.dumps([{"headline": "Rome"}]))
    assert read(file).body["rows"] == [{"headline": "Rome"}]
    file.write_text(json.dumps({"project_id": "p", "seed": 3, "outputs": {"format": "webp", "sizes": ["9x9"]}}))
    body = read(file).body
    assert (body["project_id"], body["seed"], body["outputs"]) == (
        "p", 3, {"format": "webp", "sizes": ["9x9"], "count": 1},
    )  # fmt: skip
    assert read(file, None, "64x64").body["outputs"]["sizes"] == ["64x64"]


@pytest.mark.parametrize(
    ("name", "data"), [("a.json", b"{"), ("a.json", b"3"), ("a.csv", b"caf\xe9\n1"), ("no.csv", None)]
)
def test_a_file_that_is_neither_is_refused_in_words(tmp_path: Path, name: str, data: bytes | None) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(ValidationFailed, match=name):
        read(tmp_path / name)


def test_a_zip_that_is_there_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    (tmp_path / "set.zip").write_bytes(b"mine")
    with pytest.raises(ValidationFailed, match="there already"):
        check_target(tmp_path / "set.zip", is_zip=True)
    check_target(tmp_path / "new" / "set.zip", is_zip=True)
    check_target(tmp_path / "folder", is_zip=False)


def test_a_set_gets_a_folder_of_its_own(tmp_path: Path) -> None:
    saved = save_set(cast(ApiClient, Zips()), BATCH, tmp_path / "out", is_zip=False)
    assert saved == tmp_path / "out" / "batch-0d9f3ad5"
    assert [path.name for path in sorted((tmp_path / "out").rglob("*"))] == ["batch-0d9f3ad5", "001-64x64.png"]


def test_a_set_is_kept_as_a_zip_where_a_zip_is_named(tmp_path: Path) -> None:
    saved = save_set(cast(ApiClient, Zips()), BATCH, tmp_path / "set.zip", is_zip=True)
    assert [path.name for path in tmp_path.iterdir()] == ["set.zip"]
    assert zipfile.ZipFile(saved).namelist() == ["001-64x64.png"]


ITEM = {"name": "001-64x64.png", "status": "succeeded", "guardrails_ok": True}


@pytest.mark.parametrize(
    ("item", "code"),
    [(ITEM, 0), ({**ITEM, "guardrails_ok": False, "violations": ["contrast: 2.1"]}, 1),
     ({"name": "001-64x64.png", "status": "failed", "error": {"code": "TIMEOUT", "message": "late"}}, 1),
     ({"name": "001-64x64.png", "status": "cancelled"}, 1)],
    ids=["kept", "broken", "failed", "cancelled"],
)  # fmt: skip
@pytest.mark.parametrize("as_json", [True, False])
def test_a_batch_ends_with_1_unless_every_picture_was_made_and_keeps_the_canon(
    item: dict[str, Any], code: int, as_json: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = {**BATCH, "status": "ended", "status_url": "/render/batch/x", "cost_usd": 0.0}
    counts = {status: int(item["status"] == status) for status in ("succeeded", "failed", "cancelled")}

    class Batches(Zips):
        def begin(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
            return {**batch, "counts": {**counts, "total": 1}}

        def get(self, path: str, params: Mapping[str, Any]) -> dict[str, Any]:
            return {"items": [item, ITEM]}

    answers_of(Batches(), monkeypatch)
    campaign = Campaign({"project_id": "p"})
    if code == 0:
        run_campaign(campaign, "acme", tmp_path, as_json=as_json)
    else:
        with pytest.raises(SystemExit) as ended:
            run_campaign(campaign, "acme", tmp_path, as_json=as_json)
        assert ended.value.code == code
    assert list(tmp_path.rglob("001-64x64.png"))

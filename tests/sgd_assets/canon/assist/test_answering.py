"""A provider answered from a folder: the same question finds its answer again, and an open one is told."""

import json
from pathlib import Path

from sgd_assets.canon.assist.ask import assist_canon
from sgd_assets.canon.derive import derive_canon
from tests.fakes.answering import AnsweringModel
from tests.fakes.canon_model import claims
from tests.sgd_assets.canon.made_evidence import read

DOCUMENTS = [("voice.md", read("voice.md", "# Writing\n\nReaders meet somebody patient and exact.\n"))]
TONE = {"kind": "voice_tone", "block": "s2", "quote": "Readers meet somebody patient and exact."}


def test_a_request_waits_in_its_folder_until_somebody_answers_it(tmp_path: Path) -> None:
    local = derive_canon(DOCUMENTS)
    model = AnsweringModel(tmp_path)
    first = assist_canon(local, DOCUMENTS, gateway=model, org_id="acme")
    assert (first.canon, len(model.open)) == (local, 1)
    [request] = tmp_path.glob("*.request.json")
    asked = json.loads(request.read_text("utf-8"))
    assert (asked["task"], request.name) == ("canon_extractor", f"{model.open[0]}.request.json")
    answer = tmp_path / f"{model.open[0]}.answer.json"
    answer.write_text(json.dumps(claims(voice=[TONE])), "utf-8")
    found = assist_canon(local, DOCUMENTS, gateway=AnsweringModel(tmp_path), org_id="acme")
    assert found.canon.voice is not None
    assert found.canon.voice.tone == TONE["quote"]
    assert 500 < found.cost_usd_micros < 10_000


def test_an_answer_that_breaks_the_schema_is_told_as_from_any_provider(tmp_path: Path) -> None:
    local = derive_canon(DOCUMENTS)
    model = AnsweringModel(tmp_path)
    assist_canon(local, DOCUMENTS, gateway=model, org_id="acme")
    (tmp_path / f"{model.open[0]}.answer.json").write_text("{}", "utf-8")
    found = assist_canon(local, DOCUMENTS, gateway=AnsweringModel(tmp_path), org_id="acme")
    assert found.canon == local
    assert "schema" in found.note

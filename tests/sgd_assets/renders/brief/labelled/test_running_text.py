"""Words of the picture in running text: every instruction of `running_text.json` beside the copy it asks for."""

import json
from pathlib import Path

import pytest

from tests.sgd_assets.renders.brief.reading import brief_of, printed

ENTRIES = json.loads(Path(__file__).with_name("running_text.json").read_text("utf-8"))


@pytest.mark.parametrize("entry", ENTRIES, ids=[f"{entry['id']} {entry['kind']}" for entry in ENTRIES])
def test_what_running_text_gives_to_print_is_the_copy_and_nothing_else(entry: dict[str, object]) -> None:
    assert printed(brief_of(str(entry["instruction"]))) == entry["copy"]

"""Words of documents and file names reach a terminal as words only."""

import io

import pytest
from rich.table import Table
from rich.text import Text

from sgd_api.cli.terminal import PlainConsole, canon_table, stop
from sgd_assets.canon.model import Canon, Citation, Fact, Voice
from sgd_resources.errors import Unavailable

HOSTILE = "Brand\x1b]0;owned\x07 \x1b[2Jguide\u202efdp.exe\x9b31m\r\x00"


def _shown(thing: object, *, is_plain: bool = False) -> str:
    sink = io.StringIO()
    console = PlainConsole(
        file=sink, force_terminal=True, color_system=None if is_plain else "truecolor", width=80, highlight=False
    )
    console.print(thing, markup=False)
    return sink.getvalue()


def test_control_characters_of_a_text_do_not_reach_the_terminal() -> None:
    shown = _shown(HOSTILE)
    assert "Brand" in shown
    assert not set("\x1b\x07\x9b\r\x00\u202e") & set(shown)


def test_a_table_keeps_its_own_colours_and_drops_the_cells_codes() -> None:
    table = Table("name")
    table.add_row(Text(HOSTILE, style="bold red"))
    shown = _shown(table)
    assert "\x1b[1;31m" in shown
    assert "\x1b]0" not in shown
    assert "\x1b[2J" not in shown


def test_tabs_line_ends_and_letters_of_any_script_stay() -> None:
    assert _shown("Größe 東京\nשלום").split() == ["Größe", "東京", "שלום"]


def test_the_canon_table_shows_the_logos_dos_and_donts_as_the_voices() -> None:
    cited = Citation(evidence_sha256="0" * 64, file_name="guide.pdf", page=7, quote="Never tilt it")
    canon = Canon(
        voice=Voice(tone="calm", dos=("Be brief",), donts=("Shout",)),
        logo_dos=("Keep it upright",),
        logo_donts=("Never tilt it", *(f"Never {n}" for n in range(8))),
        facts=(
            Fact(id="x", kind="logo_dont", value="Never tilt it", citations=(cited,), method="stated", confidence=1),
        ),
    )
    rows = [" ".join(line.split()) for line in _shown(canon_table(canon, "Canon"), is_plain=True).splitlines()]
    assert {"do Be brief", "don't Shout", "logo do Keep it upright", "logo don't and 3 more"} <= set(rows)
    assert "logo don't Never tilt it guide.pdf · p.7" in rows
    assert sum(row.startswith("logo don't") for row in rows) == 7


def test_a_process_of_ours_that_ended_is_told_with_its_last_lines(capsys: pytest.CaptureFixture[str]) -> None:
    ended = Unavailable("worker stopped with exit code 1; its log is x.log", details={"tail": "why:\n[no markup]"})
    with pytest.raises(SystemExit):
        stop(ended)
    assert capsys.readouterr().err.splitlines()[-2:] == ["why:", "[no markup]"]

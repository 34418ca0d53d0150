"""Words of documents and file names reach a terminal as words only."""

import io

from rich.table import Table
from rich.text import Text

from sgd_api.terminal import PlainConsole

HOSTILE = "Brand\x1b]0;owned\x07 \x1b[2Jguide\u202efdp.exe\x9b31m\r\x00"


def _shown(thing: object) -> str:
    sink = io.StringIO()
    console = PlainConsole(file=sink, force_terminal=True, color_system="truecolor", width=80, highlight=False)
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

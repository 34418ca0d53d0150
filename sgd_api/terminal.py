"""How SGD looks in a terminal: one console, colour swatches, tables, and errors in one line.

What must not live here: decisions; commands in `sgd_api/commands` call these to show results.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sgd_resources.errors import InvalidInput, SgdError

if TYPE_CHECKING:
    from sgd_assets.canon.model import Canon, Citation, Fact

EXIT_BAD_INPUT = 2
EXIT_FAILED = 1
_LINES_SHOWN = 6

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def print_json(document: Any) -> None:
    """Machine-readable output on stdout, and nothing else."""
    typer.echo(json.dumps(document, indent=2, ensure_ascii=False, sort_keys=False))


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn our errors into one line on stderr and an exit code: 2 = change your input, 1 = it failed."""
    try:
        yield
    except SgdError as error:
        stop(error)


def stop(error: SgdError) -> NoReturn:
    """Say why in one line and exit."""
    err.print(Text.assemble(("error: ", "bold red"), " ".join(error.message.split())), soft_wrap=True)
    raise SystemExit(EXIT_BAD_INPUT if isinstance(error, InvalidInput) else EXIT_FAILED)


def swatch(hex_colour: str) -> Text:
    """A block in the colour, then its hex."""
    return Text.assemble(("      ", f"on {hex_colour}"), f" {hex_colour}")


def where(citation: "Citation") -> str:
    """One line that tells a person where to look."""
    parts = [citation.file_name]
    if citation.page is not None:
        parts.append(f"p.{citation.page}")
    if citation.line is not None:
        parts.append(f"line {citation.line}")
    if citation.selector:
        parts.append(citation.selector)
    if citation.xml_path:
        parts.append(_short_xml_path(citation.xml_path))
    if citation.bbox is not None:
        parts.append("box " + ",".join(f"{v:.0f}" for v in citation.bbox))
    return " · ".join(parts)


def light_table(*columns: str, title: str | None = None) -> Table:
    """A table with one rule under its head and no frame."""
    return Table(*columns, title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)


def canon_table(canon: "Canon", title: str) -> Table:
    """The canon as a table: what, value, where it stands."""
    table = light_table(title=title)
    table.add_column("what", style="bold", no_wrap=True)
    table.add_column("value", max_width=56)
    table.add_column("stated at", style="dim", overflow="fold")
    facts = {(fact.kind, fact.value): fact for fact in canon.facts}
    for value in canon.palette_hex:
        fact = facts.get(("colour", value))
        table.add_row(_role(fact, "colour"), swatch(value) + _spelling(fact), _source(fact))
    for value in canon.fonts:
        fact = facts.get(("font", value))
        table.add_row(_role(fact, "font"), value, _source(fact))
    if canon.voice is not None:
        table.add_row("tone", canon.voice.tone or "-", _source(_first(canon, "voice_tone")))
        for label, kind, lines in (("do", "voice_do", canon.voice.dos), ("don't", "voice_dont", canon.voice.donts)):
            for line in lines[:_LINES_SHOWN]:
                fact = next((f for f in canon.facts if f.kind == kind and f.value == line), None)
                table.add_row(label, line, _source(fact))
            if len(lines) > _LINES_SHOWN:
                table.add_row(label, Text(f"and {len(lines) - _LINES_SHOWN} more", style="dim"), "")
    if canon.logo_safe_zone:
        table.add_row("clear space", canon.logo_safe_zone, _source(_first(canon, "logo_clear_space")))
    for gap in canon.abstained:
        table.add_row(f"no {gap.what}", Text(gap.reason, style="yellow"), "")
    return table


def _short_xml_path(path: str) -> str:
    """The part's name and the last two steps: enough for a person, the JSON has the whole path."""
    part, _, steps = path.rpartition(":/")
    tail = steps.split("/")[-2:]
    return f"{part}: …/{'/'.join(tail)}" if part else "…/" + "/".join(tail)


def _first(canon: "Canon", kind: str) -> "Fact | None":
    return next((fact for fact in canon.facts if fact.kind == kind), None)


def _role(fact: "Fact | None", fallback: str) -> str:
    return f"{fallback} ({fact.role})" if fact is not None and fact.role else fallback


def _spelling(fact: "Fact | None") -> Text:
    if fact is None or fact.colour is None:
        return Text("")
    words = [fact.colour.name] if fact.colour.name else []
    if fact.colour.cmyk:
        words.append("CMYK " + "/".join(f"{v:.0f}" for v in fact.colour.cmyk))
    words += fact.colour.spot_names
    return Text("  " + ", ".join(words), style="dim") if words else Text("")


def _source(fact: "Fact | None") -> str:
    return where(fact.citations[0]) if fact is not None else ""

"""How SGD looks in a terminal: one console, colour swatches, tables, and errors in one line.

What must not live here: decisions; commands in `sgd_api/cli/commands` call these to show results.
"""

import json
import os
import re
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NoReturn

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, RenderableType
from rich.measure import Measurement
from rich.segment import Segment
from rich.table import Column, Table
from rich.text import Text

from sgd_resources.errors import InvalidInput, SgdError

if TYPE_CHECKING:
    from sgd_assets.canon.model import Canon, Citation, Fact

EXIT_BAD_INPUT = 2
EXIT_FAILED = 1
_LINES_SHOWN = 6
_UNBOUNDED = 100_000
_DIFFED_LISTS = (
    ("colour", "palette_hex"),
    ("font", "fonts"),
    ("do", "voice_dos"),
    ("don't", "voice_donts"),
    ("logo do", "logo_dos"),
    ("logo don't", "logo_donts"),
    ("people said", "statements"),
)

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What words of a document or a file name could steer a terminal with, or turn a line around with, and what no terminal
can be told at all: bytes of a name that are not UTF-8."""
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class PlainConsole(Console):
    """A console that colours, but lets no shown word bring a control character of its own."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """See Console.render: the styles' own codes are added after it."""
        for segment in super().render(renderable, options):
            is_words = segment.control is None and _UNSAFE.search(segment.text) is not None
            yield Segment(_UNSAFE.sub("", segment.text), segment.style) if is_words else segment


out = PlainConsole(highlight=False)
err = PlainConsole(stderr=True, highlight=False)


def print_json(document: Any) -> None:
    """Machine-readable output on stdout, and nothing else."""
    typer.echo(as_json_text(document, indent=2))


def as_json_text(document: Any, *, indent: int | None = None) -> str:
    """The document as JSON that a person can read and UTF-8 can carry."""
    text = json.dumps(document, indent=indent, ensure_ascii=False, sort_keys=False)
    return _LONE_SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def print_plain(shown: Table | Text) -> None:
    """Print what holds words from documents, file names or a person: square brackets in them are no markup."""
    out.print(shown, markup=False)


def print_whole(table: Table) -> None:
    """Print a table of what is copied or searched for, such as paths: a row is one line, however narrow it is here."""
    natural = Measurement.get(out, out.options.update(max_width=_UNBOUNDED), table).maximum
    out.print(table, markup=False, width=max(natural, out.width), no_wrap=True, overflow="ignore", crop=False)


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn errors into one line on stderr and an exit code: 2 = change your input, 1 = it failed.

    What nobody foresaw goes with its traceback into a log file, and the line says where.
    """
    try:
        yield
    except SgdError as error:
        stop(error)
    except BrokenPipeError:
        # The reader of our output (`| head`) has seen enough; Python would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(EXIT_FAILED) from None
    except Exception as error:  # noqa: BLE001 - nothing stands between this and a person
        _stop_unforeseen(error)


def stop(error: SgdError) -> NoReturn:
    """Say why in one line and exit; under it what a process of ours wrote last, when it was one that ended."""
    err.print(Text.assemble(("error: ", "bold red"), " ".join(error.message.split())), soft_wrap=True)
    if written := error.details.get("tail"):
        err.print(Text(str(written)), soft_wrap=True)
    raise SystemExit(EXIT_BAD_INPUT if isinstance(error, InvalidInput) else EXIT_FAILED)


def _stop_unforeseen(error: Exception) -> NoReturn:
    from sgd_api.cli.command_log import log_path, write_to_log

    path = log_path()
    where_written = f"the details are in {path}"
    try:
        # No locals: they may hold document text or secrets.
        write_to_log(path, "".join(traceback.format_exception(error)))
    except OSError:
        where_written = f"its log {path} cannot be written"
    line = f"something failed on our side ({type(error).__name__}); {where_written}"
    err.print(Text.assemble(("error: ", "bold red"), line), soft_wrap=True)
    raise SystemExit(EXIT_FAILED)


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
    if citation.bbox is not None and citation.page is None:
        # Numbers of a box help nobody to find it on a page; the JSON has them.
        parts.append("box " + ",".join(f"{v:.0f}" for v in citation.bbox))
    return " · ".join(parts)


def light_table(*columns: str, title: str | None = None) -> Table:
    """A table with one rule under its head and no frame. Show one that holds a stranger's words with `print_plain`."""
    return Table(
        *(Column(name, overflow="fold") for name in columns),
        title=Text(title, style="table.title") if title else None,
        title_justify="left",
        box=SIMPLE_HEAD,
        pad_edge=False,
    )


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
        _add_lines(table, canon, "do", "voice_do", canon.voice.dos)
        _add_lines(table, canon, "don't", "voice_dont", canon.voice.donts)
    if canon.logo_safe_zone:
        table.add_row("clear space", canon.logo_safe_zone, _source(_first(canon, "logo_clear_space")))
    _add_lines(table, canon, "logo do", "logo_do", canon.logo_dos)
    _add_lines(table, canon, "logo don't", "logo_dont", canon.logo_donts)
    for gap in canon.abstained:
        table.add_row(f"no {gap.what}", Text(gap.reason, style="yellow"), "")
    for note in canon.notes:
        table.add_row("left out", Text(note, style="yellow"), "")
    return table


def _add_lines(table: Table, canon: "Canon", label: str, kind: str, lines: Sequence[str]) -> None:
    """A row for each of the first lines with where it stands, then how many more there are."""
    for line in lines[:_LINES_SHOWN]:
        fact = next((f for f in canon.facts if f.kind == kind and f.value == line), None)
        table.add_row(label, line, _source(fact))
    if len(lines) > _LINES_SHOWN:
        table.add_row(label, Text(f"and {len(lines) - _LINES_SHOWN} more", style="dim"), "")


def diff_table(diff: Mapping[str, Any]) -> Table | Text:
    """What changed between two canons as a table: what, gone, new; one line when nothing did."""
    versions = f"{diff['from_version'][:12]} to {diff['to_version'][:12]}"
    if diff["is_same"]:
        return Text(f"{versions}: nothing changed")
    table = light_table("what", "gone", "new", title=f"Canon {versions}")
    for label, name in _DIFFED_LISTS:
        change = diff.get(name) or {}
        removed, added = change.get("removed", []), change.get("added", [])
        show = swatch if name == "palette_hex" else Text
        for gone, new in zip_longest(removed, added):
            table.add_row(label, show(gone) if gone else "", show(new) if new else "")
        if change.get("is_reordered") and not removed and not added:
            table.add_row(label, "", Text("same values, another order", style="dim"))
    for label, name in (("tone", "voice_tone"), ("clear space", "logo_safe_zone")):
        if change := diff.get(name):
            table.add_row(label, Text(change.get("before") or "-"), Text(change.get("after") or "-"))
    for label, name in (("facts", "facts"), ("files read", "evidence")):
        removed, added = (len(diff[name].get(side, [])) for side in ("removed", "added"))
        if removed or added:
            table.add_row(label, f"{removed} gone", f"{added} new")
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

"""Canon + evidence -> one self-contained HTML page for people: no script, no loads, all text escaped.

The same canon and evidence give the same bytes. What must not live here: pictures (`crops.py`), fonts
(`specimens.py`), what each section shows (`view.py`), looks (`page.css`, `page.html.j2`).
"""

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sgd_api.canon_page.contrast import contrast_matrix
from sgd_api.canon_page.crops import read_sources
from sgd_api.canon_page.evidence_files import EvidenceFile
from sgd_api.canon_page.specimens import GLYPHS, PANGRAM, make_specimens, page_font
from sgd_api.canon_page.styles import colour_class, content_policy, data_url, style_sheet
from sgd_api.canon_page.view import PageView, cited_places, sources_in_words, view_of
from sgd_assets.canon.model import Canon
from sgd_resources.colour import BLACK, WHITE
from sgd_resources.font_shelf import font_shelf
from sgd_resources.sandbox.fork_server import DEFAULT_PRELOAD
from sgd_resources.sandbox.pool import Sandbox, SandboxLimits

_LIMITS = SandboxLimits(
    wall_s=120.0, cpu_s=60, memory_bytes=850_000_000, jobs_per_child=50, max_output_bytes=80_000_000
)
_PRELOAD = (
    *DEFAULT_PRELOAD,
    "sgd_resources.excerpts.places",
    "sgd_resources.excerpts.source",
    "sgd_resources.excerpts.specimens",
)


def build_canon_page(canon: Canon, *, title: str, files: Sequence[EvidenceFile]) -> bytes:
    """The page as UTF-8; `files` are the canon's evidence, as far as it is at hand.

    Raises:
        Unavailable: no sandbox could be started to draw pictures. Retry.
        BrokenContract: the canon breaks its own contract.
    """
    fonts = font_shelf()
    view = view_of(canon, files)
    with Sandbox(_LIMITS, processes=1, preload=_PRELOAD) as sandbox:
        cited = read_sources(cited_places(canon), files, sandbox)
        specimens = make_specimens(canon.fonts, files, sandbox, fonts)
        own_font = page_font(sandbox, fonts)
    style = style_sheet(_colours(canon, view), specimens, own_font)
    template = _environment().get_template("page.html.j2")
    html = template.render(
        title=title,
        canon=canon,
        view=view,
        sources=cited.sources,
        pictures=cited.pictures,
        matrix=contrast_matrix(canon.palette_hex),
        specimens=specimens,
        pangram=PANGRAM,
        glyphs=GLYPHS,
        style=style,
        policy=content_policy(str(style)),
    )
    return html.encode("utf-8")


def _colours(canon: Canon, view: PageView) -> list[str]:
    found = [*canon.palette_hex, WHITE, BLACK, *(fact.hex for fact in view.further if fact.hex)]
    return found + [value for c in view.conflicts if c.are_colours for value in (c.kept, c.dropped) if _is_hex(value)]


def _is_hex(value: str) -> bool:
    return len(value) == 7 and value[0] == "#" and all(c in "0123456789abcdefABCDEF" for c in value[1:])


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "colour_class": colour_class,
        "webp_url": lambda data: data_url("image/webp", data),
        "in_words": sources_in_words,
    }
    environment.tests["hex_colour"] = _is_hex
    return environment

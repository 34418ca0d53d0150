"""The page's one style sheet: a fixed part, a class per colour, fonts as data URLs; and the policy that allows it.

Only checked values enter it: hex colours, and base64 of our own making. What must not live here: text of the evidence.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from sgd_api.canon_page.specimens import FontFile, Specimen
from sgd_resources.errors import BrokenContract

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_FALLBACK = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif'


def style_sheet(colours: Iterable[str], specimens: Iterable[Specimen], page_font: Iterable[FontFile]) -> Markup:
    """The CSS of one page.

    Raises:
        BrokenContract: a colour of the canon is no hex colour.
    """
    specimens = tuple(specimens)
    faces = [_face(file) for file in (*page_font, *(f for s in specimens for f in s.files))]
    families = [f".{s.css_family}{{font-family:{s.css_family},{_FALLBACK}}}" for s in specimens if s.css_family]
    classes = [_colour_classes(value) for value in dict.fromkeys(colours)]
    # Safe: a file of ours, checked hexes and base64; nothing of the evidence is in it.
    return Markup("\n".join([*faces, _fixed_part(), *classes, *families]))  # noqa: S704 - see above


def content_policy(style: str) -> str:
    """A Content-Security-Policy under which the page can show itself and do nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; font-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def data_url(media_type: str, data: bytes) -> str:
    """The bytes as a URL."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}"


def colour_class(hex_value: str) -> str:
    """Suffix of a colour's classes: `1E4D3A`. Raises BrokenContract for anything else than a hex colour."""
    if not _HEX.fullmatch(hex_value):
        raise BrokenContract("a colour of the canon is no hex colour")
    return hex_value[1:].upper()


def _colour_classes(hex_value: str) -> str:
    name = colour_class(hex_value)
    return f".bg-{name}{{background-color:#{name}}}.fg-{name}{{color:#{name}}}"


def _face(file: FontFile) -> str:
    low, high = file.weights
    weights = f"{low}" if low == high else f"{low} {high}"
    return (
        f"@font-face{{font-family:{file.css_family};font-weight:{weights};"
        f"src:url({data_url('font/woff2', file.woff2)}) format('woff2')}}"
    )


@lru_cache(maxsize=1)
def _fixed_part() -> str:
    return (Path(__file__).parent / "page.css").read_text("utf-8")

"""Open faces of scripts that Latin faces lack: the font files of the packages in the extra `fonts-intl`.

Found by their names, opened by nobody here, and none of the packages' code is imported. What must not live here: which
script takes which family (`sgd_assets/renders/compose/families.py`).
"""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

EXTRA = "fonts-intl"
INSTALL = f'pip install "smart-graphic-designer[{EXTRA}]"'
LICENSE = "OFL-1.1"
_PACKS = ("manimgx_fonts", "justmytype_intl_cjk")
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+")


def has_packs() -> bool:
    """Whether the extra is installed, all of it."""
    return all(find_spec(package) is not None for package in _PACKS)


def pack_files() -> Iterator[tuple[str, Path]]:
    """(family, variable font file) of the installed packs; nothing where the extra is not installed."""
    for package in _PACKS:
        spec = find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            continue
        for path in sorted(Path(next(iter(spec.submodule_search_locations))).rglob("*.ttf")):
            name, _, _ = path.stem.partition("[")
            if "-" not in name:
                yield " ".join(_WORDS.findall(name)), path

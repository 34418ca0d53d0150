"""The open font families that are installed from wheels: their names, licences and files. Opens none of them.

Families come from installed `fontpkg-*` wheels (Google Fonts files, unmodified, each with its licence); their files are
found through package metadata, and none of their code is imported. Faces of other scripts come from `font_packs.py`.
What must not live here: reading a font file (`drawing/faces.py`), or which family a brand gets
(`sgd_assets/renders/compose/typefaces.py`).
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from sgd_resources.font_packs import LICENSE, pack_files


@dataclass(frozen=True)
class FamilyFile:
    """One file of a family; `weight` is None for a variable one."""

    path: Path
    weight: int | None
    is_italic: bool


@dataclass(frozen=True)
class Family:
    """An installed family."""

    name: str
    license: str
    files: tuple[FamilyFile, ...]

    def nearest_file(self, weight: int, *, is_italic: bool) -> FamilyFile:
        """The file that sets a weight and slope best."""
        return min(
            self.files,
            key=lambda f: (f.is_italic != is_italic, 0 if f.weight is None else abs(f.weight - weight), f.path.name),
        )


class FontShelf:
    """`FontCatalogue` over the installed font wheels."""

    def __init__(self) -> None:
        self._families = _installed_families()

    def families(self) -> tuple[str, ...]:
        """Installed open families, sorted."""
        return tuple(sorted(family.name for family in self._families.values()))

    def license(self, family: str) -> str | None:
        """SPDX expression of an installed family, or None when it is not installed."""
        found = self.family(family)
        return found.license if found else None

    def family(self, name: str) -> Family | None:
        """An installed family by name, compared without case, spaces, hyphens; None when it is not installed."""
        return self._families.get(family_key(name))

    def file_bytes(self, family: str, *, weight: int, is_italic: bool = False) -> bytes | None:
        """The file of an installed family that sets a weight best, or None when the family is not installed."""
        found = self.family(family)
        return found.nearest_file(weight, is_italic=is_italic).path.read_bytes() if found else None


def family_key(name: str) -> str:
    """A family name without case, spaces, hyphens and underscores, for comparing."""
    return "".join(c for c in name.casefold() if c.isalnum())


@lru_cache(maxsize=1)
def font_shelf() -> FontShelf:
    """The shelf of this process; what is installed does not change while it runs."""
    return FontShelf()


def _installed_families() -> dict[str, Family]:
    families: dict[str, Family] = {}
    for point in sorted(entry_points(group="fontpkg.family"), key=lambda p: p.name):
        spec = find_spec(point.value)
        if spec is None or not spec.submodule_search_locations:
            continue
        root = Path(next(iter(spec.submodule_search_locations)))
        facts = json.loads((root / "metadata.json").read_text("utf-8"))
        files = tuple(
            FamilyFile(
                root / item["path"],
                None if item.get("variable") else int(item["weight"] or 400),
                item.get("style") == "italic",
            )
            for item in facts["files"]
        )
        families[family_key(facts["family"])] = Family(facts["family"], facts["license"], files)
    for name, path in pack_files():
        # What a wheel of its own carries stands: renders made with it stay as they are.
        families.setdefault(family_key(name), Family(name, LICENSE, (FamilyFile(path, None, is_italic=False),)))
    return families

"""mkdocs' hook: generated pages are added, links to files beside `docs/` become their names, diagrams their pictures.

What must not live here: the content of a generated page (`reference.py`, `costs.py`).
"""

import hashlib
import re
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:|#|mailto:)([^)\s]+)\)")
_DIAGRAM = re.compile(r"^```mermaid\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def on_config(config: Any) -> Any:
    """A page that the menu does not name yet stands at its end."""
    unnamed = pages_beside(str(config["nav"]))
    if unnamed:
        config["nav"].append({"More": unnamed})
    return config


def pages_beside(menu: str) -> list[str]:
    """Pages of `docs/` that a menu does not name."""
    pages = sorted(path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md"))
    return [page for page in pages if page not in menu]


def on_files(files: Files, config: Any) -> Files:
    """Add the pages that are made, not written."""
    from tools.docs_site import costs, reference

    pages = {
        "index.md": _home(),
        "costs.md": costs.page(),
        "reference/api.md": reference.api(),
        "reference/commands.md": reference.commands(),
        "reference/modules.md": reference.modules(),
    }
    for name, content in pages.items():
        files.append(File.generated(config, name, content=content))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """The page as the site shows it.

    Raises:
        PluginError: it names a file that is not there, or a diagram has no picture of today's text.
    """
    folder = (ROOT / "docs" / page.file.src_uri).parent
    shown = _LINK.sub(lambda found: _link(found, folder, page.file.src_uri), markdown)
    depth = page.file.src_uri.count("/")
    return _DIAGRAM.sub(lambda found: _picture(found[1], "../" * depth), shown)


def picture_of(diagram: str) -> Path:
    """Where the picture of a diagram's text lies (`python -m tools.docs_site.draw` makes it)."""
    return PICTURES / f"{hashlib.sha256(diagram.encode()).hexdigest()[:12]}.svg"


def diagrams() -> list[str]:
    """The text of every diagram of the pages and the README."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [found for page in pages for found in _DIAGRAM.findall(page.read_text("utf-8"))]


def _picture(diagram: str, up: str) -> str:
    picture = picture_of(diagram)
    if not picture.is_file():
        raise PluginError("a diagram has no picture of its present text: python -m tools.docs_site.draw")
    return f"![diagram]({up}pictures/{picture.name})"


def _link(found: "re.Match[str]", folder: Path, page: str) -> str:
    label, target = found[1], found[2].partition("#")[0]
    path = (folder / target).resolve()
    if path.is_relative_to(ROOT / "docs"):
        return found[0]  # mkdocs checks these itself
    if not path.exists():
        raise PluginError(f"{page} names {target}, which is not there")
    name = path.relative_to(ROOT).as_posix()
    return f"{label} (`{name}`)" if label not in (name, path.name) else f"`{name}`"


def _home() -> str:
    text = (ROOT / "README.md").read_text("utf-8")
    return _LINK.sub(_from_top, text)


def _from_top(found: "re.Match[str]") -> str:
    target = found[2]
    if target.startswith("docs/"):
        return f"[{found[1]}]({target.removeprefix('docs/').removesuffix('runbooks') or target})"
    return f"[{found[1]}](../{target})"

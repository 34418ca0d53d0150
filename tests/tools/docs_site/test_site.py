"""The whole site is built strictly, and every link of what was built leads to a page and a place that is there."""

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]  # of the builder's own libraries


class _Page(HTMLParser):
    """Addresses that a page names, and places in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: set[str] = set()
        self.places: set[str] = {"", "__top"}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.places |= {value for value in (told.get("id"), told.get("name")) if value}
        self.addresses |= {value for value in (told.get("href"), told.get("src")) if value}


def built(docs: Path, site: Path) -> None:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("NO_MKDOCS_2_WARNING", "1")
        environment.syspath_prepend(str(ROOT))
        environment.chdir(ROOT)
        build(load_config(str(ROOT / "mkdocs.yml"), docs_dir=str(docs), site_dir=str(site)))


def test_every_link_of_the_built_site_leads_somewhere_and_nothing_is_loaded_from_elsewhere(tmp_path: Path) -> None:
    built(ROOT / "docs", tmp_path)
    pages = {path.resolve(): _Page(path.read_text("utf-8")) for path in tmp_path.rglob("*.html")}
    assert len(pages) > 30
    assert sum(len(page.addresses) for page in pages.values()) > 1_000
    lost = []
    for path, page in pages.items():
        for address in page.addresses:
            found = urlsplit(address)
            if found.scheme or found.netloc or path.name == "404.html":
                continue
            target = (path.parent / unquote(found.path)).resolve() if found.path else path
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file() or (target in pages and unquote(found.fragment) not in pages[target].places):
                lost.append((path.name, address))
    assert lost == []
    loaded = re.compile(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=[\"']?(https?://[^\"' >]+)")
    assert {address for path in pages for address in loaded.findall(path.read_text("utf-8"))} == set()


def test_a_link_to_nowhere_stops_the_build(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(ROOT / "docs", docs)
    page = docs / "search.md"
    page.write_text(page.read_text("utf-8") + "\nSee [there](canon.md#a-place-that-is-not-there).\n", "utf-8")
    with pytest.raises(Abort, match="warnings in strict mode"):
        built(docs, tmp_path / "site")

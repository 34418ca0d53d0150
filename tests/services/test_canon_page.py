"""The canon's page in a real browser: it shows itself under its own policy, fits small screens, and is readable."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sgd_api.cli.commands.canon import app
from sgd_resources.contracts import ROOT
from tests.sgd_api.canon_page.canons import hostile_canon

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.services,
    pytest.mark.enable_socket,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed; tests/services/install.sh installs it"),
]
KITS = sorted((ROOT / "sgd_api" / "samples" / "kits").iterdir())
UNREADABLE = """
() => {
  const linear = (x) => x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4;
  const luminance = (c) => { const v = c.map(x => linear(x / 255));
    return .2126 * v[0] + .7152 * v[1] + .0722 * v[2] };
  const numbers = (s) => s.match(/[\\d.]+/g).map(Number);
  const parse = (s) => { const n = numbers(s); return { c: n.slice(0, 3), a: n.length > 3 ? n[3] : 1 } };
  const ground = (e) => { for (; e; e = e.parentElement) { const b = parse(getComputedStyle(e).backgroundColor);
    if (b.a > .99) return b.c } return [255, 255, 255] };
  const bad = [];
  for (const e of document.querySelectorAll('p, dt, dd, th, td, li, summary, h1, h2, h3, code, mark, span, a, q, b')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || e.closest('[aria-hidden], .sr, .pair .aa') || !e.getClientRects().length) continue;
    const a = luminance(parse(getComputedStyle(e).color).c), b = luminance(ground(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) bad.push([e.tagName, e.className, e.textContent.trim().slice(0, 40), ratio.toFixed(2)]);
  }
  return bad;
}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of both sample kits, and one whose evidence attacks it."""
    from sgd_api.canon_page.page import build_canon_page

    folder = tmp_path_factory.mktemp("pages")
    made = {}
    for kit in KITS:
        made[kit.name] = folder / f"{kit.name}.html"
        result = CliRunner().invoke(app, ["derive", str(kit / "evidence"), "--html", str(made[kit.name])])
        assert result.exit_code == 0, result.output
    made["hostile"] = folder / "hostile.html"
    made["hostile"].write_bytes(build_canon_page(hostile_canon(), title="</title><script>", files=()))
    return made


NAMES = [kit.name for kit in KITS] + ["hostile"]


@pytest.mark.parametrize("name", NAMES)
def test_the_page_loads_nothing_and_breaks_no_policy(browser: Any, pages: dict[str, Path], name: str) -> None:
    page = browser.new_page()
    said: list[str] = []
    loads: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: loads.append(request.url))
    page.goto(pages[name].as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.wait_for_timeout(300)
    assert said == []
    assert [url for url in loads if not url.startswith("data:")] == [pages[name].as_uri()]
    page.close()


@pytest.mark.parametrize("width", [320, 390, 820, 1440])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_sticks_out_at_any_width(browser: Any, pages: dict[str, Path], name: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(pages[name].as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_all_text_meets_wcag_aa(browser: Any, pages: dict[str, Path], name: str, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(pages[name].as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate(UNREADABLE) == []
    page.close()


@pytest.mark.parametrize("kit", [kit.name for kit in KITS])
def test_pictures_and_fonts_are_really_drawn(browser: Any, pages: dict[str, Path], kit: str) -> None:
    page = browser.new_page()
    page.goto(pages[kit].as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.wait_for_timeout(300)
    assert page.evaluate("[...document.fonts].filter(f => f.status === 'error').length") == 0
    assert page.evaluate("document.fonts.check('400 20px s0') && document.fonts.check('400 20px page')")
    crop = page.locator("svg.crop").first
    crop.scroll_into_view_if_needed()
    assert len(set(crop.screenshot())) > 100
    assert page.evaluate("document.querySelectorAll('svg.crop').length") > 20
    page.close()


@pytest.mark.parametrize("kit", [kit.name for kit in KITS])
def test_the_page_prints_with_every_citation_open(browser: Any, pages: dict[str, Path], kit: str) -> None:
    page = browser.new_page()
    page.goto(pages[kit].as_uri())
    page.emulate_media(media="print")
    assert page.evaluate("[...document.querySelectorAll('details .how')].every(e => e.getClientRects().length > 0)")
    assert page.pdf(format="A4", print_background=True)[:5] == b"%PDF-"
    page.close()


@pytest.mark.parametrize("kit", [kit.name for kit in KITS])
def test_the_page_stays_under_its_size(pages: dict[str, Path], kit: str) -> None:
    assert pages[kit].stat().st_size < 8_000_000

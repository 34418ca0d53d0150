"""Draws the pages' diagrams as SVG files with mermaid in a browser: `python -m tools.docs_site.draw MERMAID.JS`.

The site shows the files, so that no reader's browser runs or fetches mermaid. What must not live here: the diagrams.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.docs_site.hook import PICTURES, diagrams, picture_of

BROWSER = "/usr/bin/chromium"


def draw(mermaid: Path) -> int:
    """Make missing pictures and remove those of no diagram; how many were made."""
    PICTURES.mkdir(exist_ok=True)
    wanted = {picture_of(diagram): diagram for diagram in diagrams()}
    for path in PICTURES.glob("*.svg"):
        if path not in wanted:
            path.unlink()
    missing = {path: diagram for path, diagram in wanted.items() if not path.is_file()}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content("<html><body></body></html>")
        page.add_script_tag(path=str(mermaid))
        page.evaluate("mermaid.initialize({startOnLoad: false, htmlLabels: false, flowchart: {htmlLabels: false}})")
        for path, diagram in missing.items():
            path.write_text(
                page.evaluate("async (text) => (await mermaid.render('d', text)).svg", diagram) + "\n", "utf-8"
            )
        browser.close()
    return len(missing)


if __name__ == "__main__":
    sys.stdout.write(f"{draw(Path(sys.argv[1]))} pictures made\n")

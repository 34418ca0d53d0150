"""`python -m tests.web_scan`: every operation of the OpenAPI file and every page, with a key, attacked by wapiti.

Writes `reports/web_scan.html` and `.json`; code 1 when it found what is not let be, 2 when it did not reach all. The
scanner (GPL-2.0) is a tool beside the product: `wapiti` on the PATH, else uv or pip fetches it into a place of its own.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from sgd_api.http.openapi import build_openapi
from sgd_resources.settings import Settings
from tests.load.place import place
from tests.web_scan.findings import findings_of

ROOT = Path(__file__).resolve().parents[2]
SCANNER = "wapiti3==3.2.3"
MODULES = "cookieflags,crlf,csp,exec,file,http_headers,methods,permanentxss,redirect,sql,timesql,xss,xxe"
"""All that ask a JSON API or its pages something sensible; none asks a host other than the API's."""
PAGES = ("/", "/docs", "/docs/swagger", "/docs/redoc")
LONGEST_S = 900


def main() -> int:
    """Scan an API started for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--seconds", type=int, default=LONGEST_S, help="longest scan, a sixth of it for one kind of attack"
    )
    parser.add_argument("--reports", type=Path, default=ROOT / "reports")
    given = parser.parse_args()
    given.reports.mkdir(parents=True, exist_ok=True)
    scanner = scanner_command(Settings().var_dir)
    with tempfile.TemporaryDirectory() as session, place(workers=1, per_s=1, is_limited=False) as made:
        for form in ("json", "html"):
            done = subprocess.run(
                [
                    *scanner, "--url", made.url + "/", "--swagger", str(ROOT / "openapi.yaml"), "--scope", "domain",
                    *(part for page in PAGES for part in ("--start", made.url + page)),
                    "--header", f"Authorization: Bearer {made.keys[0][1]}", "--module", MODULES, "--level", "1",
                    "--max-scan-time", str(given.seconds), "--max-attack-time", str(given.seconds // 6),
                    "--store-session", session, "--no-bugreport", "--verbose", "0",
                    *(("--skip-crawl",) if form == "html" else ()),
                    "--format", form, "--output", str(given.reports / f"web_scan.{form}"),
                ],
                check=False, capture_output=True, text=True, timeout=given.seconds * 2 + 300,
            )  # fmt: skip
            if done.returncode:
                print(done.stdout[-2_000:], done.stderr[-2_000:])  # noqa: T201 - what the scanner said
                return 2
    report = json.loads((given.reports / "web_scan.json").read_text("utf-8"))
    found = findings_of(report)
    for one in found:
        print(f"{'let be' if one.reason else 'FOUND '} {one.category}: {one.method} {one.path}: {one.info}")  # noqa: T201
    faults = sum(one.reason is None for one in found)
    crawled = report["infos"]["crawled_pages_nbr"]
    print(f"{crawled} pages and operations, {faults} faults: {given.reports}/web_scan.html")  # noqa: T201
    if crawled < len(build_openapi()["paths"]):
        print("the scanner did not reach every operation: the report is not whole")  # noqa: T201
        return 2
    return int(bool(faults))


def scanner_command(var_dir: Path) -> tuple[str, ...]:
    """What starts the scanner; installs it below `var_dir`, once, where neither it nor uv is on the PATH."""
    if shutil.which("wapiti"):
        return ("wapiti",)
    if shutil.which("uvx"):
        return ("uvx", "--quiet", "--from", SCANNER, "wapiti")
    folder = var_dir / "web-scan"
    installed = folder / "bin" / "wapiti"
    if not installed.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", SCANNER], check=True)
    return (str(installed),)


if __name__ == "__main__":
    raise SystemExit(main())

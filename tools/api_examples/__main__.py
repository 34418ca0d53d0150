"""`python -m tools.api_examples --write` writes examples/postman.json; `--check` says whether it is up to date."""

import argparse
import json
import sys

import yaml

from tools.api_examples.postman import ROOT, collection

FILE = ROOT / "examples" / "postman.json"


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--write", action="store_true")
    way.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    openapi = yaml.load((ROOT / "openapi.yaml").read_text("utf-8"), yaml.CSafeLoader)
    text = json.dumps(collection(openapi), indent=1, ensure_ascii=False) + "\n"
    if asked.write:
        FILE.write_text(text, "utf-8")
        return 0
    if not FILE.is_file() or FILE.read_text("utf-8") != text:
        sys.stderr.write("examples/postman.json is not up to date: python -m tools.api_examples --write\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

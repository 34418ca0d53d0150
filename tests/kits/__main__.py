"""`python -m tests.kits [--write]`: what the kits give beside what is expected; with --write, expected from now on."""

import json
import sys

from tests.kits.seen import EXPECTED, seen_of, slugs


def main(arguments: list[str]) -> int:
    """Exit code: 0 where all is as expected, or was written."""
    seen = {slug: seen_of(slug) for slug in slugs()}
    if arguments == ["--write"]:
        EXPECTED.write_text(json.dumps(seen, indent=2) + "\n", "utf-8")
        return 0
    expected = json.loads(EXPECTED.read_text("utf-8"))
    changed = [
        f"{slug}: {name}: {expected.get(slug, {}).get(name)} -> {value}"
        for slug, all_seen in seen.items()
        for name, value in all_seen.items()
        if expected.get(slug, {}).get(name) != value
    ]
    print("\n".join(changed) or "as expected")  # noqa: T201  # a command's answer
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`python -m tests.compliance --seed N --cases K`: draws a set, has it judged, and prints how well each rule does.

`--scene known` takes own renders with the plan they were made by, `--scene pixels` pictures of every source without.
`--out FOLDER` writes the pictures that were judged wrongly (`--all`: every picture) with what is right in their names.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.compliance.brands.kit import OrgKit
from tests.compliance.brands.shelf import all_brands
from tests.compliance.cards import charts, html
from tests.compliance.cards.photos import carried_photos
from tests.compliance.case import Case
from tests.compliance.judge import flagged
from tests.compliance.make_cases import CLEAN, CaseMaker
from tests.compliance.tables import Judged, report


def main(arguments: list[str]) -> int:
    """Exit code: 0 when the set was judged, however well."""
    asked = _parser().parse_args(arguments)
    kits = all_brands(real=asked.real)
    print(_sources(kits), file=sys.stderr)  # noqa: T201  # a command's answer
    judged = []
    with html.Browser() as browser:
        maker = CaseMaker(kits, asked.seed, browser, known=asked.scene == "known")
        for case in _cases(maker, asked.kind or (*maker.kinds, CLEAN), asked.cases, asked.clean):
            one = Judged(case, frozenset() if asked.draw_only else flagged(case))
            judged.append(one)
            if asked.out is not None and (asked.all or one.is_missed or one.wrong_flags):
                _write(asked.out, one)
    print(report(judged))  # noqa: T201  # a command's answer
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.compliance", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=40, help="of each kind")
    parser.add_argument("--clean", type=int, default=300, help="clean pictures")
    parser.add_argument("--scene", choices=("known", "pixels"), default="pixels")
    parser.add_argument("--kind", action="append", help="only this kind; may be given again; 'clean' too")
    parser.add_argument("--real", type=int, default=8, help="real brands, where they lie beside the repository")
    parser.add_argument("--out", type=Path, help="folder for the pictures that were judged wrongly")
    parser.add_argument("--all", action="store_true", help="with --out: every picture")
    parser.add_argument("--draw-only", action="store_true", help="ask no judge")
    return parser


def _cases(maker: CaseMaker, kinds: tuple[str, ...], count: int, clean: int) -> Iterator[Case]:
    for kind in kinds:
        yield from maker.cases(kind, clean if kind == CLEAN else count)


def _write(folder: Path, one: Judged) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    case = one.case
    right, given = case.verdict.must or "clean", "+".join(sorted(one.flags)) or "nothing"
    name = f"{case.id}-{case.source}-{case.brand.slug}--right-{right}--given-{given}"[:200]
    (folder / f"{name}.{case.media_format}").write_bytes(case.data)
    with (folder / "notes.txt").open("a", encoding="utf-8") as notes:
        notes.write(f"{name}: {case.note}; copy {case.expected_copy}; size {case.expected_size}\n")


def _sources(kits: list[OrgKit]) -> str:
    lacking = [why for why in (html.missing(), charts.missing()) if why]
    lacking += [] if carried_photos() else ["no package with sample photographs: painted ones only"]
    return f"{len(kits)} brands: {', '.join(kit.slug for kit in kits)}" + "".join(f"; {why}" for why in lacking)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Random citations of real brands opened in the files as uploaded: `python -m tests.brands.citations [BRAND ...]`.

Each brand's files go through the gate as anybody's do, so that what is read is the cleaned copy; the places are then
looked up in the bytes that lie in the brand's folder. Prints the share that holds and every miss by its kind. CI does
not run it: it reads whole brands. What must not live here: how a place is opened (`opened.py`).
"""

import argparse
import hashlib
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from sgd_api.cli.folders.canon import FolderCanon, derive_folder
from sgd_assets.canon.model import Citation
from sgd_resources.settings import Settings, load_settings
from tests.brands import dev_set
from tests.brands.opened import miss_of

Cited = tuple[str, Citation]
"""The value of what cites, and the citation; no value where it is printed in a picture, which only OCR reads."""


def cited_in(found: FolderCanon) -> list[Cited]:
    """All citations of a folder's canon, with the value that each stands for."""
    recognised = {
        (document.evidence_sha256, block.location.page, block.location.bbox)
        for _, document in found.documents
        for block in document.text_blocks
        if block.is_recognised
    }
    cited = [(fact.value, citation) for fact in found.canon.facts for citation in fact.citations]
    cited += [(one.kept, citation) for one in found.canon.conflicts for citation in one.citations]
    return [("" if (c.evidence_sha256, c.page, c.bbox) in recognised else value, c) for value, c in cited]


def misses(folder: Path, cited: Sequence[Cited]) -> list[tuple[str, Citation]]:
    """Of citations of a folder's files those that do not stand in the bytes as uploaded, each with its kind of miss."""
    lost = []
    for value, citation in cited:
        data = (folder / citation.file_name).read_bytes()
        if hashlib.sha256(data).hexdigest() != citation.source_sha256:
            lost.append(("the uploaded file's hash is not the cited one", citation))
        elif (kind := miss_of(citation, data, value)) is not None:
            lost.append((kind, citation))
    return lost


def open_brand(brand: Path, settings: Settings, *, most: int, seed: int) -> tuple[int, list[tuple[str, Citation]]]:
    """How many citations of a brand were opened, and those that were not found."""
    folder = brand / "evidence"
    cited = cited_in(derive_folder(folder, settings))
    chosen = cited if len(cited) <= most else random.Random(seed).sample(cited, most)
    return len(chosen), misses(folder, chosen)


def main() -> None:
    """A line per brand, then the share."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("brands", nargs="*")
    parser.add_argument("--most", type=int, default=200, help="citations of each brand that are opened")
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    settings, opened, lost = load_settings(), 0, Counter[str]()
    for brand in dev_set.brands():
        if arguments.brands and brand.name not in arguments.brands:
            continue
        count, found = open_brand(brand, settings, most=arguments.most, seed=arguments.seed)
        opened += count
        lost.update(kind for kind, _ in found)
        sys.stdout.write(f"{brand.name:24} {count - len(found):4} of {count:4}\n")
        for kind, one in found:
            where = one.xml_path or one.selector or one.line or one.page
            sys.stdout.write(f"    {kind}: {one.file_name} {where} {one.quote[:60]!r}\n")
        sys.stdout.flush()
    held = opened - sum(lost.values())
    sys.stdout.write(f"{held} of {opened} stand in the file as uploaded ({held / max(1, opened):.1%})\n")
    for kind, count in lost.most_common():
        sys.stdout.write(f"  {count:4} {kind}\n")


if __name__ == "__main__":
    main()

"""The dev set is read once for all tests of this folder."""

import json
from pathlib import Path

import pytest

from sgd_assets.canon.derive import extract_claims, resolve_canon
from sgd_assets.canon.model import Canon
from sgd_resources.parsed_document import ParsedDocument
from tests.brands import dev_set

Documents = dict[str, list[tuple[str, ParsedDocument]]]


@pytest.fixture(scope="session")
def documents() -> Documents:
    """Parsed evidence of every dev brand."""
    folders = dev_set.brands()
    if not folders:
        pytest.skip(reason="the real brands are not beside the repository (set SGD_SHARED)")
    return {brand.name: list(dev_set.read_evidence(brand)) for brand in folders}


@pytest.fixture(scope="session")
def canons(documents: Documents) -> dict[str, Canon]:
    """Canon of every dev brand, local route."""
    return {name: resolve_canon(extract_claims(d, file) for file, d in found) for name, found in documents.items()}


@pytest.fixture(scope="session")
def scores(canons: dict[str, Canon], tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """The scorer's figures per brand."""
    out: Path = tmp_path_factory.mktemp("canons")
    for name, canon in canons.items():
        (out / f"{name}.json").write_text(json.dumps(canon.model_dump(mode="json")), encoding="utf-8")
    dev_set.score(out)
    report = json.loads((out / "scores.out").read_text(encoding="utf-8"))
    return {row["brand"]: row for row in report["rows"]} | {"macro": report["macro"]}

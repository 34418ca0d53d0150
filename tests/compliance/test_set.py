"""The set itself: drawn from its seed, of every kind, and each case with one family that must be flagged."""

import io
import random
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.compliance.brands.kit import OrgKit
from tests.compliance.brands.shelf import all_brands
from tests.compliance.cards import html
from tests.compliance.cards.card import Card, meets
from tests.compliance.cards.layout import random_card
from tests.compliance.cards.words import misspelt
from tests.compliance.case import FAMILIES, Case, Verdict
from tests.compliance.make_cases import CLEAN, KINDS, ON_CARDS, CaseMaker
from tests.compliance.spoilers.on_files import FILE_SPOILERS
from tests.compliance.spoilers.spoiled import Question
from tests.compliance.tables import Judged, report, scores


@pytest.fixture(scope="module")
def kits() -> list[OrgKit]:
    return all_brands()


@pytest.mark.slow
def test_there_are_six_brands_without_any_from_outside(kits: list[OrgKit]) -> None:
    assert len(kits) >= 6
    assert all(len(kit.palette) >= 2 and kit.logos for kit in kits)


@pytest.mark.slow
def test_every_family_of_rules_has_a_kind_that_changes_the_card(kits: list[OrgKit]) -> None:
    found = {verdict.must for verdict in _verdicts(kits).values()}
    assert set(FAMILIES) == found
    assert len(KINDS) >= 15


@pytest.mark.slow
def test_a_clean_card_keeps_its_logo_free_and_its_words_inside(kits: list[OrgKit]) -> None:
    for number in range(30):
        card = random_card(kits[number % len(kits)], random.Random(number))
        if card is None:
            continue
        assert card.logo is not None
        assert not any(meets(line.box, card.logo.box, gap=card.logo.clear_px) for line in card.lines)
        assert not any(meets(photo.box, card.logo.box, gap=card.logo.clear_px) for photo in card.photos)
        assert all(_is_inside(card, line.box) for line in card.lines)


@pytest.mark.slow
def test_the_same_seed_draws_the_same_pictures(kits: list[OrgKit]) -> None:
    first, second = (_cases(kits, seed=7) for _ in range(2))
    assert [case.data for case in first] == [case.data for case in second]
    assert [case.data for case in _cases(kits, seed=8)] != [case.data for case in first]


@pytest.mark.slow
def test_a_case_has_the_picture_that_it_says(kits: list[OrgKit]) -> None:
    for case in _cases(kits, seed=7):
        with Image.open(io.BytesIO(case.data)) as image:
            image.load()
            assert image.format == {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}[case.media_format]
            is_wrong = case.kind == "wrong_size"
            assert case.expected_size is None or (case.expected_size == image.size) is not is_wrong
            assert float(np.asarray(image.convert("RGB")).std()) > 1
        is_wrong = case.kind == "wrong_format"
        assert case.expected_format is None or (case.expected_format == case.media_format) is not is_wrong


def test_a_misspelt_word_is_another_word() -> None:
    rng = random.Random(1)
    for word in ("Harbour", "station", "twenty", "Werkstatt", "reading"):
        assert all(misspelt(word, rng) != word for _ in range(50))


@pytest.mark.slow
def test_a_flag_that_is_allowed_beside_the_right_one_is_no_mistake(kits: list[OrgKit]) -> None:
    case = Case("a", "x", "pillow", kits[0], b"", "png", Verdict("palette", frozenset({"contrast"})))
    clean = Case("b", CLEAN, "pillow", kits[0], b"", "png", Verdict())
    judged = [
        Judged(case, frozenset({"palette", "contrast"})),
        Judged(case, frozenset({"contrast", "blur"})),
        Judged(clean, frozenset({"palette"})),
    ]
    by_family = {score.family: score for score in scores(judged)}
    assert (by_family["palette"].precision, by_family["palette"].recall) == (0.5, 0.5)
    assert by_family["contrast"].precision is None
    assert by_family["blur"].precision == 0.0
    assert "clean pictures flagged: 1 of 1" in report(judged)


def test_only_the_adapter_knows_the_judge() -> None:
    folder = Path(__file__).parent
    knows = [path.name for path in folder.rglob("*.py") if "judge_candidate" in path.read_text("utf-8")]
    assert [name for name in knows if name != Path(__file__).name] == ["judge.py"]
    shared = [path.name for path in folder.rglob("*.py") if "renders.compliance" in path.read_text("utf-8")]
    assert set(shared) <= {"judge.py", "__init__.py", Path(__file__).name}


def _verdicts(kits: list[OrgKit]) -> dict[str, Verdict]:
    found: dict[str, Verdict] = {}
    for kind in ON_CARDS:
        for number in range(80):
            rng = random.Random(number)
            kit = kits[number % len(kits)]
            card = random_card(kit, rng, size=(640, 640))
            spoiled = ON_CARDS[kind](card, kit, rng) if card is not None else None
            if spoiled is not None:
                assert spoiled[0] != card, kind
                found[kind] = spoiled[1]
                break
    image = Image.new("RGB", (64, 48), "#336699")
    return found | {kind: spoil(image, Question(), random.Random(1))[2] for kind, spoil in FILE_SPOILERS.items()}


def _cases(kits: list[OrgKit], *, seed: int) -> list[Case]:
    maker = CaseMaker(kits, seed, html.Browser(), painters=("pillow",))
    kinds = ("off_palette_block", "logo_rotated", "wrong_size", "wrong_format", CLEAN)
    return [case for kind in kinds for case in maker.cases(kind, 2)]


def _is_inside(card: Card, box: tuple[int, int, int, int]) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= card.width and box[3] <= card.height

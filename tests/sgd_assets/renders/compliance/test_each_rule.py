"""Each rule on what was seen of a picture: broken by one fault, kept without it. No picture is looked at here."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sgd_assets.renders.compliance.case import BrandRules, Case, Expected, Seen
from sgd_assets.renders.compliance.judge import judge
from sgd_assets.renders.compliance.policy import compliance_policy, profile_of
from sgd_resources.ports.sight import CodingSeen, LineSeen, LogoSeen

CREAM, GREEN = "#F7F0E3", "#1E4D3A"
LOGO = LogoSeen("logo.svg", "0" * 64, (100.0, 100.0, 300.0, 160.0), 0.98, ground_hex=CREAM, hexes=(GREEN,))
LINE = LineSeen("Open day", (100.0, 300.0, 300.0, 340.0), 30.0, 0.99)
KEPT = Case(
    np.full((600, 600, 4), (0xF7, 0xF0, 0xE3, 255), np.uint8),
    (CREAM, GREEN),
    seen=Seen(
        lines=(), logo=LOGO, has_looked_for_logo=True, coding=CodingSeen(None, 0.9), media_type="image/png",
        alike=(("other", 60),),
    ),
    expected=Expected((), 600, 600, ("png",)),
    brand=BrandRules(
        clear_space_ratio=0.25, logo_minimum_px=40.0, banned_words=("cheap",), forbids_exclamation=True,
        forbids_promises=True,
    ),
)  # fmt: skip


def _logo(**changes: Any) -> Case:
    return replace(KEPT, seen=replace(KEPT.seen, logo=replace(LOGO, **changes)))


def _read(text: str, *, expected: tuple[str, ...] | None = None, **changes: Any) -> Case:
    seen = replace(KEPT.seen, lines=(replace(LINE, text=text, **changes),))
    return replace(KEPT, seen=seen, expected=replace(KEPT.expected, lines=expected))


def _seen(**changes: Any) -> Case:
    return replace(KEPT, seen=replace(KEPT.seen, **changes))


def _brand(**changes: Any) -> Case:
    return replace(KEPT, brand=replace(KEPT.brand, **changes))


def _crowded() -> Case:
    pixels = KEPT.pixels.copy()
    pixels[100:160, 310:340] = (0x1E, 0x4D, 0x3A, 255)
    return replace(KEPT, pixels=pixels)


FAULTS = {
    "palette_only": replace(KEPT, pixels=np.full((600, 600, 4), (200, 0, 90, 255), np.uint8)),
    "off_palette_region": replace(KEPT, pixels=np.full((600, 600, 4), (200, 0, 90, 255), np.uint8)),
    "colour_proportions": _brand(proportions=((CREAM, 0.3), (GREEN, 0.7))),
    "text_size": _read("Terms apply", ink_px=5.0),
    "text_exact": _read("Opne doy", expected=("Open day on Friday",)),
    "text_stray": _read("sample watermark", expected=("Open day",)),
    "forbidden_words": _read("A cheap day"),
    "logo_present": _seen(logo=None),
    "logo_recolour": _logo(colour_away=30.0),
    "logo_stretch": _logo(stretch=1.25),
    "logo_rotation": _logo(angle_deg=8.0),
    "logo_crop": _logo(missing=0.2, is_cut=True),
    "logo_obstruction": _logo(missing=0.2),
    "logo_clear_space": _crowded(),
    "logo_minimum_size": _logo(box=(100.0, 100.0, 180.0, 124.0)),
    "logo_legible": _logo(ground_hex=None),
    "dimensions": replace(KEPT, expected=replace(KEPT.expected, width_px=601)),
    "format": replace(KEPT, expected=replace(KEPT.expected, formats=("jpg",))),
    "jpeg_artefacts": _seen(coding=CodingSeen(20, 0.9)),
    "blur": _seen(coding=CodingSeen(None, 0.2)),
    "near_duplicate": _seen(alike=(("other", 3),)),
}
OF_A_SCENE = {
    "text_present", "text_contrast", "missing_glyphs", "text_overflow", "overlap", "fonts", "logo_unmodified",
}  # fmt: skip
"""Measured on scenes and pixels: `test_critique.py`, `test_spoiled.py`."""


def _broken(case: Case) -> set[str]:
    verdicts = judge(case, profile_of(compliance_policy()), tells_rules=True).rules
    return {one.rule for one in verdicts if one.verdict in ("broken", "notice")}


def test_every_rule_of_the_policy_is_tried() -> None:
    assert {*FAULTS, *OF_A_SCENE} == set(compliance_policy()["rules"])


def test_a_picture_without_a_fault_breaks_no_rule() -> None:
    assert _broken(KEPT) == set()


@pytest.mark.parametrize("rule", FAULTS)
def test_a_rule_is_broken_by_its_fault(rule: str) -> None:
    assert rule in _broken(FAULTS[rule])


@pytest.mark.parametrize("words", ["Open day!", "We guarantee it", "A CHEAP day"])
def test_what_the_voice_rules_out_is_found_in_words_that_were_read(words: str) -> None:
    assert "forbidden_words" in _broken(_read(words))


def test_writing_too_small_to_be_read_is_too_small_and_no_misspelling() -> None:
    small = LineSeen("Opcn dav", (100.0, 400.0, 160.0, 408.0), 5.0, 0.7)
    case = replace(_seen(small_lines=(small,)), expected=replace(KEPT.expected, lines=("Open day",)))
    assert _broken(case) == {"text_size"}


def test_what_is_left_of_a_small_logo_may_seem_a_little_stretched() -> None:
    assert _broken(_logo(box=(100.0, 100.0, 200.0, 130.0), stretch=1.1)) == {"logo_minimum_size"}


def test_a_thing_beside_the_logo_breaks_nothing_where_the_guide_states_no_clear_space() -> None:
    crowded = _crowded()
    assert "logo_clear_space" in _broken(crowded)
    assert _broken(replace(crowded, brand=replace(KEPT.brand, clear_space_ratio=None))) == set()


def test_a_ground_that_is_hidden_under_what_covers_the_logo_is_not_called_restless() -> None:
    assert _broken(_logo(missing=0.3, ground_hex=None)) == {"logo_obstruction"}
    assert _broken(_logo(ground_hex=None)) == {"logo_legible"}


def test_what_two_rules_measure_alike_is_measured_once() -> None:
    taken: list[Case] = []

    def words(case: Case) -> int:
        taken.append(case)
        return len(case.palette)

    case = _logo()
    assert (case.once(words), case.once(words), len(taken)) == (2, 2, 1)
    assert (replace(case, palette=()).once(words), len(taken)) == (0, 2)

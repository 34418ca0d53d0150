"""The judge as the set asks it: one case in, the families of rules that it flags out. The only file that knows it.

What must not live here: any measure, and anything of a case that says how it was spoiled.
"""

from collections.abc import Mapping
from functools import lru_cache

from sgd_assets.canon.model import Canon
from sgd_assets.renders.compliance.case import Expected
from sgd_assets.renders.compliance.judging import Judgement, judge_candidate
from sgd_assets.renders.compliance.policy import Profile, compliance_policy, profile_of
from sgd_assets.renders.compose.logos import LogoArt
from tests.compliance.brands.kit import OrgKit
from tests.compliance.case import ALTERED, FAMILIES, Case
from tests.fakes.confined import FakeConfinedJobs

_MAX_PIXELS = 25_000_000
_MOST_LOGOS = 6
_FAMILY_OF: Mapping[str, str] = {
    "palette_only": "palette",
    "off_palette_region": "palette",
    "colour_proportions": "proportions",
    "text_contrast": "contrast",
    "text_present": "text",
    "text_exact": "text",
    "text_stray": "text",
    "missing_glyphs": "text",
    "overlap": "text",
    "text_overflow": "text_cut",
    "forbidden_words": "words",
    "logo_present": "logo_missing",
    "logo_recolour": "logo_colour",
    "logo_obstruction": "logo_obstructed",
    "logo_clear_space": "clear_space",
    "logo_minimum_size": "logo_size",
    "logo_legible": "logo_ground",
    "logo_unmodified": ALTERED,
    "jpeg_artefacts": "artefacts",
    "near_duplicate": "duplicate",
}
"""Families of rules whose names are not the family's."""
_NO_FAMILY = frozenset({"fonts"})
"""Told and never held against a picture."""


def flagged(case: Case) -> frozenset[str]:
    """The families flagged. Raises whatever the judge raises: a picture that it cannot read is a fault, no verdict."""
    width, height = case.expected_size or (None, None)
    found = _judged(
        case,
        Expected(case.expected_copy, width, height, (case.expected_format,) if case.expected_format else ()),
        alike=[(f"render-{at}", _likeness(other)) for at, other in enumerate(case.others)],
    ).critique.findings
    families = frozenset(_FAMILY_OF.get(one.rule, one.rule) for one in found if one.rule not in _NO_FAMILY)
    unknown = families - {*FAMILIES, ALTERED}
    assert not unknown, f"findings of no known family: {sorted(unknown)}"
    return families


def _judged(case: Case, expected: Expected, *, alike: list[tuple[str, str]]) -> Judgement:
    """As `POST /critique` asks: words of a render with its plan are read only where copy is expected."""
    return judge_candidate(
        case.data,
        case.brand.canon,
        jobs=FakeConfinedJobs(),
        profile=_profile(),
        max_pixels=_MAX_PIXELS,
        logos=_logos(case.brand),
        plan=case.plan,
        made_of=case.brand.files.files_for(case.plan, {}) if case.plan is not None else None,
        expected=expected,
        names=(case.brand.slug,),
        alike=alike,
        reads_words=case.plan is None or expected.lines is not None,
    )


def _likeness(picture: bytes) -> str:
    """What the org remembers of another render."""
    return judge_candidate(
        picture, Canon(), jobs=FakeConfinedJobs(), profile=_profile(), max_pixels=_MAX_PIXELS, reads_words=False
    ).likeness


@lru_cache(maxsize=1)
def _profile() -> Profile:
    return profile_of(compliance_policy())


@lru_cache(maxsize=64)
def _logos(kit: OrgKit) -> tuple[LogoArt, ...]:
    return kit.files.logos_with_data(_MOST_LOGOS)

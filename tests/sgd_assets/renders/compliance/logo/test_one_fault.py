"""A logo that was changed in one way is told so by one rule."""

import numpy as np
import pytest

from sgd_assets.renders.compliance.case import Case, Seen
from sgd_assets.renders.compliance.judge import judge
from sgd_assets.renders.compliance.policy import compliance_policy, profile_of
from sgd_resources.ports.sight import LogoSeen

OF_ONE_FAULT = {"logo_stretch", "logo_crop", "logo_obstruction"}


def _told(stretch: float, missing: float, *, is_cut: bool) -> set[str]:
    logo = LogoSeen("logo.svg", "0" * 64, (40.0, 40.0, 340.0, 140.0), 0.95, stretch=stretch, missing=missing,
                    is_cut=is_cut, ground_hex="#FFFFFF", hexes=("#112233",))  # fmt: skip
    pixels = np.full((400, 600, 4), 255, np.uint8)
    case = Case(pixels, ("#FFFFFF", "#112233"), seen=Seen(logo=logo, has_looked_for_logo=True))
    found = judge(case, profile_of(compliance_policy()))
    return {finding.rule for finding in found.findings} & OF_ONE_FAULT


@pytest.mark.parametrize("is_cut", [True, False])
@pytest.mark.parametrize("stretch", [0.6, 0.8, 1.3, 1.6])
def test_a_stretched_logo_that_seems_to_lack_a_little_is_stretched_and_nothing_else(
    stretch: float, is_cut: bool
) -> None:
    assert _told(stretch, 0.0, is_cut=is_cut) == {"logo_stretch"}
    assert _told(stretch, 0.12, is_cut=is_cut) == {"logo_stretch"}


@pytest.mark.parametrize(("is_cut", "rule"), [(True, "logo_crop"), (False, "logo_obstruction")])
@pytest.mark.parametrize("stretch", [0.68, 1.0, 1.5])
def test_a_logo_of_which_much_is_gone_is_cut_or_covered_and_its_bend_is_a_guess(
    stretch: float, is_cut: bool, rule: str
) -> None:
    assert _told(stretch, 0.4, is_cut=is_cut) == {rule}


@pytest.mark.parametrize(("is_cut", "rule"), [(True, "logo_crop"), (False, "logo_obstruction")])
def test_a_logo_of_its_own_proportions_that_lacks_a_little_is_cut_or_covered(is_cut: bool, rule: str) -> None:
    assert _told(1.0, 0.12, is_cut=is_cut) == {rule}
    assert _told(1.0, 0.0, is_cut=is_cut) == set()

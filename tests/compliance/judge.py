"""The judge as the set asks it: one case in, the families of rules that it flags out. The only file that knows it.

What must not live here: any measure, and anything of a case that says how it was spoiled.
"""

from collections.abc import Mapping

from sgd_assets.renders.pictures import judge_picture
from tests.compliance.case import FAMILIES, Case
from tests.fakes.confined import FakeConfinedJobs

_MAX_PIXELS = 25_000_000
_FAMILY_OF: Mapping[str, str] = {
    "palette_only": "palette",
    "text_contrast": "contrast",
    "text_present": "text",
    "logo_present": "logo_missing",
    "logo_clear_space": "clear_space",
}
"""Families of rules whose names are not the family's."""


def flagged(case: Case) -> frozenset[str]:
    """The families flagged. Raises whatever the judge raises: a picture that it cannot read is a fault, no verdict."""
    found = judge_picture(
        case.data, palette=case.brand.palette, plan=case.plan, max_pixels=_MAX_PIXELS, jobs=FakeConfinedJobs()
    )
    families = frozenset(_FAMILY_OF.get(finding.rule, finding.rule) for finding in found.findings)
    unknown = families - frozenset(FAMILIES)
    assert not unknown, f"findings of no known family: {sorted(unknown)}"
    return families

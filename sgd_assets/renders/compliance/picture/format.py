"""Rule `format`: the file is of a kind that was asked for. What must not live here: how well it is coded."""

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told

_NAMES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


def measure(case: Case, limits: Limits) -> Outcome:
    """By content, never by the file's name."""
    if not case.expected.formats:
        return not_told("nobody said what format the picture is to have")
    found = _NAMES.get(case.seen.media_type or "")
    if found is None:
        return not_told("the file itself is not at hand")
    if found in case.expected.formats:
        return Outcome()
    wanted = " or ".join(case.expected.formats)
    return Outcome((Breach(f"the file is a {found}, {wanted} was asked for", f"export it as {wanted}"),))


RULE = Rule("format", measure)

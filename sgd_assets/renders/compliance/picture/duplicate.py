"""Rule `near_duplicate`: another render of the org looks the same. Told, and no violation.

What must not live here: what is alike (`sgd_resources/sight/likeness.py`), finding the org's renders.
"""

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told


def measure(case: Case, limits: Limits) -> Outcome:
    """The least number of bits by which the likenesses differ."""
    alike = case.seen.alike
    if alike is None:
        return not_told("the org's other renders were not looked at")
    near = [(name, bits) for name, bits in alike if bits <= limits["most_bits"]]
    if not near:
        return Outcome(threshold=limits["most_bits"])
    name, bits = min(near, key=lambda pair: pair[1])
    message = f"it looks like the render {name}" + (f" and {len(near) - 1} more" if len(near) > 1 else "")
    return Outcome((Breach(message, "choose another layout or picture"),), float(bits), limits["most_bits"])


def bits_apart(first: str, second: str) -> int:
    """How many bits of two likenesses differ, both as hex digits."""
    return (int(first, 16) ^ int(second, 16)).bit_count()


RULE = Rule("near_duplicate", measure)

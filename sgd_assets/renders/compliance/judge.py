"""The one engine: a case and a profile in, the critique out. Deterministic; no opinion, no model.

Every rule of the profile is measured; what is broken takes its weight off the score. What must not live here: any rule.
"""

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.policy import Profile, RuleSetting
from sgd_assets.renders.compliance.rule import Breach, Outcome
from sgd_assets.renders.compliance.rules import RULES
from sgd_assets.renders.model import Critique, RuleVerdict, Violation

_MOST_DEGREE = 3.0
"""Times its weight that one rule can cost: ten faint lines are no worse than three."""


def judge(case: Case, profile: Profile, *, tells_rules: bool = False) -> Critique:
    """Score, violations and what would mend them; 1.0 keeps every rule.

    Args:
        case: the picture and what is known of it.
        profile: weights and limits.
        tells_rules: whether the verdict of every rule is told, kept ones included, and notices beside violations.
    """
    score = 1.0
    findings: list[tuple[Violation, bool]] = []
    measured: dict[str, float] = {}
    verdicts: list[RuleVerdict] = []
    for rule in RULES:
        setting = profile.rules.get(rule.name)
        if setting is None or setting.severity == "off":
            continue
        outcome = rule.measure(case, setting.limits)
        measured |= outcome.measured
        grave = [breach for breach in outcome.breaches if setting.severity == "violation" and not breach.is_notice]
        score -= setting.weight * min(_MOST_DEGREE, sum(breach.degree for breach in grave))
        told = outcome.breaches if tells_rules else grave
        findings += [(_finding(rule.name, one, outcome, is_grave=one in grave), one in grave) for one in told]
        verdicts.append(_verdict(rule.name, outcome, setting, is_broken=bool(grave)))
    return Critique(
        score=round(min(max(score, 0.0), 1.0), 4),
        violations=tuple(dict.fromkeys(finding.message for finding, is_grave in findings if is_grave)),
        repair_suggestions=tuple(dict.fromkeys(one.repair for one, is_grave in findings if is_grave and one.repair)),
        findings=tuple(finding for finding, _ in findings),
        measurements=measured,
        rules=tuple(verdicts) if tells_rules else (),
    )


def _finding(rule: str, breach: Breach, outcome: Outcome, *, is_grave: bool) -> Violation:
    value = breach.value if breach.value is not None else outcome.value
    threshold = breach.threshold if breach.threshold is not None else outcome.threshold
    value, threshold = (None if one is None else round(one, 5) for one in (value, threshold))
    return Violation(
        rule=rule,
        message=breach.message,
        measured=value,
        limit=threshold,
        severity="violation" if is_grave else "notice",
        value=value,
        threshold=threshold,
        boxes=tuple(_rounded(box) for box in breach.boxes),
        repair=breach.repair,
    )


def _verdict(rule: str, outcome: Outcome, setting: RuleSetting, *, is_broken: bool) -> RuleVerdict:
    if outcome.untold is not None:
        return RuleVerdict(rule=rule, verdict="not_told", weight=setting.weight, reason=outcome.untold)
    return RuleVerdict(
        rule=rule,
        verdict="broken" if is_broken else "notice" if outcome.breaches else "kept",
        weight=setting.weight,
        value=outcome.value,
        threshold=outcome.threshold,
    )


def _rounded(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (round(value, 1) for value in box)
    return x0, y0, x1, y1

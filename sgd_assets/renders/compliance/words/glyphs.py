"""Rule `missing_glyphs`: a font has every letter of its words. What must not live here: choosing another font."""

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told


def measure(case: Case, limits: Limits) -> Outcome:
    """The number of letters that no face has, over all texts."""
    if case.scene is None:
        return not_told("the fonts of a picture that is not ours are not told from its pixels")
    breaches = tuple(
        Breach(
            message=f"no installed font has {', '.join(text.text.missing[:8])}",
            repair="upload a font that has these characters",
            boxes=(text.box,),
            value=float(len(text.text.missing)),
        )
        for text in case.scene.texts
        if text.text.missing
    )
    return Outcome(breaches, float(sum(len(text.text.missing) for text in case.scene.texts)), 0.0)


RULE = Rule("missing_glyphs", measure)

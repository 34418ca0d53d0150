"""RendersManifest -> findings: whether each picture keeps every rule that was measured."""

from sgd_assets.finding import Checks, Finding, some
from sgd_assets.renders.model import RendersManifest

RENDERS_CHECKS: Checks = {
    "pictures_keep_to_the_canon": "No picture of this run breaks a rule that is measured.",
    "renders_are_of_the_current_canon": "Every render of an older canon was made again under a later one.",
}


def check_renders(manifest: RendersManifest) -> list[Finding]:
    """One org's renders; a warning: the critique of each picture stands in its request's answer."""
    broken = [
        f"{record.render_id} picture {output.index}: {', '.join(output.critique.violations)}"
        for record in manifest.renders
        for output in record.outputs
        if output.critique.violations
    ]
    return [
        Finding("pictures_keep_to_the_canon", some(broken)),
        Finding("renders_are_of_the_current_canon", some(list(manifest.stale_render_ids))),
    ]

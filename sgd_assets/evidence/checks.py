"""EvidenceManifest -> findings: whether there is anything to read, and whether all that came was let in."""

from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_assets.finding import Checks, Finding

EVIDENCE_CHECKS: Checks = {
    "org_has_evidence": "At least one file of the org passed the gate.",
    "new_files_passed_the_gate": "No file that this run looked at was left in quarantine.",
}


def check_evidence(manifest: EvidenceManifest) -> list[Finding]:
    """One org's evidence; warnings, since the files' owner must act and the rest goes on."""
    held = f"{manifest.quarantined} left in quarantine; each upload says why" if manifest.quarantined else ""
    return [
        Finding("org_has_evidence", "" if manifest.items else "no file passed the gate"),
        Finding("new_files_passed_the_gate", held),
    ]

"""DocumentsManifest -> findings: whether each file of evidence could be read."""

from sgd_assets.documents.manifest import DocumentsManifest
from sgd_assets.finding import Checks, Finding, some

DOCUMENTS_CHECKS: Checks = {"every_file_was_read": "A parser could read each file of evidence."}


def check_documents(manifest: DocumentsManifest) -> list[Finding]:
    """One org's documents; a warning, since the files that were read make a canon."""
    return [Finding("every_file_was_read", some([f"{f.file_name}: {f.reason}" for f in manifest.failures]))]

"""EmbeddingsManifest -> findings: whether the collection holds what the org has."""

from sgd_assets.embeddings.manifest import EmbeddingsManifest
from sgd_assets.finding import Checks, Finding

EMBEDDINGS_CHECKS: Checks = {"points_equal_chunks": "The collection holds one point per chunk: none lost, none stale."}


def check_embeddings(manifest: EmbeddingsManifest) -> list[Finding]:
    """One org's embeddings."""
    differ = manifest.chunks != manifest.points
    why = f"{manifest.chunks} chunks, {manifest.points} points" if differ else ""
    return [Finding("points_equal_chunks", why, is_warning=False)]

"""Another embedding model is another rule of the stage that embeds, and of no other."""

from dagster import AssetsDefinition

from sgd_assets.graph.definitions import build_definitions
from sgd_resources.settings import Settings


def code_versions(settings: Settings) -> dict[str, str | None]:
    # The assets as they are written: to resolve them asks whichever instance an earlier test left behind.
    assets = build_definitions(settings=settings).assets or ()
    specs = [spec for asset in assets if isinstance(asset, AssetsDefinition) for spec in asset.specs]
    return {spec.key.to_user_string(): spec.code_version for spec in specs}


def test_a_changed_model_makes_every_orgs_embeddings_stale_and_nothing_else() -> None:
    before = code_versions(Settings(sgd_embedder="minilm"))
    after = code_versions(Settings(sgd_embedder="e5"))
    changed = {name for name, version in after.items() if before[name] != version}
    assert changed == {"brand_embeddings"}

"""The jobs people and sensors launch: selections over the graph, nothing else."""

from dagster import AssetSelection, define_asset_job

from sgd_assets.running.bounded import bounded_in_process_executor

INGEST_ASSETS = ("brand_evidence", "parsed_documents", "brand_canon", "brand_embeddings")
CANON_ASSETS = ("parsed_documents", "brand_canon", "brand_embeddings")

ingest_job = define_asset_job(
    "ingest_job",
    selection=AssetSelection.assets(*INGEST_ASSETS),
    executor_def=bounded_in_process_executor,
    description="Quarantine to search: evidence, documents, canon and embeddings of an org.",
)
canon_job = define_asset_job(
    "canon_job",
    selection=AssetSelection.assets(*CANON_ASSETS),
    executor_def=bounded_in_process_executor,
    description="Derive the canon again from the evidence that is there.",
)
render_job = define_asset_job(
    "render_job",
    selection=AssetSelection.assets("render_outputs"),
    executor_def=bounded_in_process_executor,
    description="Serve render requests of an org.",
)
all_jobs = (ingest_job, canon_job, render_job)

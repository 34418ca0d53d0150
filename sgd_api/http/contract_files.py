"""Writes `contracts/*.schema.json` from the pydantic models, and says whether the files are current.

    python -m sgd_api.http.contract_files --check | --write

One table maps a contract's name to the model that states it. `upload_policy`, `openrouter_policy`, `prompt`,
`access_policy`, `provenance_policy`, `parser_policy` and `compliance` describe files that operators write, have no
model and are written by hand. What must not live here: validation (`sgd_resources/contracts.py`).
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode
from pydantic_core import core_schema

from sgd_api.http.bodies import (
    batches,
    facts,
    listings,
    orgs,
    prompt_service,
    prompt_store,
    prompts,
    proof,
    schemas,
    usage,
    work,
)
from sgd_api.http.bodies import keys as bodies_of_keys
from sgd_api.http.bodies import webhooks as bodies_of_webhooks
from sgd_api.http.bodies.given import guardrails
from sgd_assets.canon.model import Canon
from sgd_assets.documents.manifest import DocumentsManifest
from sgd_assets.embeddings.manifest import EmbeddingsManifest
from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_assets.prompts.quality import PromptQuality
from sgd_assets.renders.model import RenderRecord, RendersManifest
from sgd_resources.contracts import CONTRACTS_DIR
from sgd_resources.parsed_document import ParsedDocument

MODELS: dict[str, type[BaseModel]] = {
    # what clients send and get
    "render_request": schemas.RenderRequest,
    "render_response": schemas.RenderResponse,
    "render_batch_request": batches.RenderBatchRequest,
    "render_batch_status": batches.RenderBatchStatus,
    "ingest_request": schemas.IngestRequest,
    "ingest_response": schemas.IngestResponse,
    "canon_derive_request": schemas.CanonDeriveRequest,
    "canon_derive_response": schemas.CanonDeriveResponse,
    "fact_statement_request": facts.FactStatementRequest,
    "canon_conflicts": facts.CanonConflicts,
    "critique_request": schemas.CritiqueRequest,
    "critique_response": schemas.CritiqueResponse,
    "error_envelope": schemas.ErrorEnvelope,
    "analyze_request": prompts.AnalyzeRequest,
    "analyze_response": prompts.AnalyzeResponse,
    "analyze_batch_request": prompts.AnalyzeBatchRequest,
    "analyze_batch_response": prompts.AnalyzeBatchResponse,
    "service_health": prompt_service.ServiceHealth,
    "cache_stats": prompt_service.CacheReport,
    "cache_dropped": prompt_service.CacheDropped,
    "chat_request": prompt_service.ChatRequest,
    "chat_response": prompt_service.ChatResponse,
    "schema_request": prompt_store.SchemaRequest,
    "schema_version_request": prompt_store.SchemaVersionRequest,
    "kept_schema": prompt_store.KeptSchema,
    "schema_page": prompt_store.SchemaPage,
    "template_request": prompt_store.TemplateRequest,
    "template_version_request": prompt_store.TemplateVersionRequest,
    "kept_template": prompt_store.KeptTemplate,
    "template_page": prompt_store.TemplatePage,
    "template_preview_request": prompt_store.TemplatePreviewRequest,
    "template_preview": prompt_store.TemplatePreview,
    "prompt_review": prompt_store.PromptReview,
    "prompt_review_page": prompt_store.PromptReviewPage,
    "correction_request": prompt_store.CorrectionRequest,
    "upload_receipt": listings.UploadReceipt,
    "upload_page": listings.UploadPage,
    "inference_call_page": listings.InferenceCallPage,
    "evidence_removal": listings.EvidenceRemoval,
    "render_page": proof.RenderPage,
    "evidence_page": proof.EvidencePage,
    "audit_page": proof.AuditPage,
    "lineage": proof.Lineage,
    "evidence_renders": proof.EvidenceRenders,
    "verification": proof.Verification,
    "rerender_request": proof.RerenderRequest,
    "rerender_accepted": proof.RerenderAccepted,
    "render_status": listings.RenderStatus,
    "usage": usage.Usage,
    "org_erased": orgs.OrgErased,
    "job_status": listings.JobStatus,
    "job_request": work.JobRequest,
    "replay_request": work.ReplayRequest,
    "job": work.Job,
    "job_page": work.JobPage,
    "webhook_request": bodies_of_webhooks.WebhookRequest,
    "webhook_rotation": bodies_of_webhooks.WebhookRotation,
    "webhook": bodies_of_webhooks.Webhook,
    "created_webhook": bodies_of_webhooks.CreatedWebhook,
    "webhook_list": bodies_of_webhooks.WebhookList,
    "webhook_delivery": bodies_of_webhooks.WebhookDelivery,
    "webhook_delivery_page": bodies_of_webhooks.WebhookDeliveryPage,
    "canon_versions": listings.CanonVersions,
    "canon_diff": listings.CanonDiff,
    "api_key_request": bodies_of_keys.ApiKeyRequest,
    "api_key_list": bodies_of_keys.ApiKeyList,
    "created_api_key": bodies_of_keys.CreatedApiKey,
    "key_rotation": bodies_of_keys.KeyRotation,
    "search_response": listings.SearchResponse,
    "readiness": listings.Readiness,
    # what planners, derivers and critics must keep to
    "render_plan": guardrails.RenderPlanContract,
    "canon": guardrails.CompleteCanon,
    "critique": guardrails.CritiqueContract,
    # what is stored
    "parsed_document": ParsedDocument,
    "evidence_manifest": EvidenceManifest,
    "documents_manifest": DocumentsManifest,
    "stored_canon": Canon,
    "embeddings_manifest": EmbeddingsManifest,
    "prompt_quality": PromptQuality,
    "render_record": RenderRecord,
    "renders_manifest": RendersManifest,
}


class UntitledSchema(GenerateJsonSchema):
    """Pydantic's generator without a title on every field: names are said once."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Never."""
        return False

    def generate(self, schema: core_schema.CoreSchema, mode: JsonSchemaMode = "validation") -> dict[str, Any]:
        """A whole document, with the dialect it is written in."""
        return {"$schema": self.schema_dialect, **super().generate(schema, mode=mode)}


def contract_text(name: str) -> str:
    """The exact text of one generated contract file.

    Raises:
        KeyError: no model states this contract.
    """
    schema = MODELS[name].model_json_schema(schema_generator=UntitledSchema)
    dialect = schema.pop("$schema")
    document = {"$schema": dialect, "$id": f"urn:sgd:contract:{name}", **schema, "title": name}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def stale_contracts(directory: Path = CONTRACTS_DIR) -> list[str]:
    """Names of generated contracts whose file is missing or differs from its model, sorted."""
    return sorted(name for name in MODELS if _read(directory, name) != contract_text(name))


def write_contracts(directory: Path = CONTRACTS_DIR) -> list[str]:
    """Bring every generated file up to date; returns the names that changed."""
    changed = stale_contracts(directory)
    for name in changed:
        (directory / f"{name}.schema.json").write_text(contract_text(name), "utf-8")
    return changed


def _read(directory: Path, name: str) -> str | None:
    path = directory / f"{name}.schema.json"
    return path.read_text("utf-8") if path.is_file() else None


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 when the files are (or were made) current, 1 when `--check` found stale ones."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="rewrite stale files instead of naming them")
    parser.add_argument("--check", action="store_true", help="name stale files (the default)")
    if parser.parse_args(arguments).write:
        sys.stdout.writelines(f"wrote {name}\n" for name in write_contracts())
        return 0
    stale = stale_contracts()
    sys.stdout.writelines(f"stale: contracts/{name}.schema.json\n" for name in stale)
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main())

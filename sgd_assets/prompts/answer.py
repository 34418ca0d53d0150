"""What came of an analysis as its caller is told: the document of the contract `analyze_response`, or the error.

What must not live here: HTTP, or any step of an analysis.
"""

from typing import Any

from sgd_assets.prompts.analyze import Ready
from sgd_assets.prompts.model import Analysis, Failed
from sgd_assets.prompts.prepare import Prepared
from sgd_resources.errors import ValidationFailed
from sgd_resources.llm.policy.policy_file import MICROS_PER_USD
from sgd_resources.llm.safety.injection import FLAGGED_FROM


def told_answer(ready: Ready, prepared: Prepared, found: Analysis, *, request_id: str, took_ms: int) -> dict[str, Any]:
    """The answer; what is absent is left out.

    Args:
        ready: what was asked.
        prepared: its prompt, as it came and as it was worked on.
        found: what came of it.
        request_id: of the request.
        took_ms: from its start to now.
    """
    ask = ready.ask
    entities = {
        "key_details": list(found.entities.get("key_details", ())),
        "source": found.entities.get("source"),
        "target": found.entities.get("target"),
        "metadata": dict(found.entities.get("metadata", {})),
    }
    spans = [
        {"path": span.path, "start": span.start, "end": span.end, "text": span.text}
        for span in map(prepared.as_sent, found.spans)
    ]
    document = {
        "request_id": request_id,
        "intent": found.intent,
        "subject": found.subject,
        "entities": _present(entities),
        "data": found.data,
        "output_format": ask.format,
        "original_language": found.language,
        "confidence": found.confidence,
        "validation_status": found.status,
        "validation": {"errors": [dict(fault) for fault in found.errors], "warnings": list(found.warnings)},
        "spans": spans if ask.options.spans else None,
        "ungrounded": list(found.ungrounded) if ask.options.spans else None,
        "injection": {
            "score": found.injection_score,
            "is_flagged": found.injection_score >= FLAGGED_FROM,
            "reasons": list(found.injection_reasons),
        },
        "redacted": dict(found.redacted) or None,
        "processing_time_ms": took_ms,
        "provider_used": found.provider_used,
        "model_used": found.model_used,
        "cached": found.is_cached,
        "cost_usd": found.cost_usd_micros / MICROS_PER_USD,
    }
    return _present(document)


def failed_error(found: Failed, *, review_id: str) -> ValidationFailed:
    """The error of an answer that never met its schema."""
    errors = [dict(error) for error in found.errors]
    return ValidationFailed(
        f"the model's answer breaks its schema, also when asked again: {errors[0]['path']}: {errors[0]['message']}",
        details={
            "errors": errors,
            "validation_errors": errors,
            "review_id": review_id,
            "model_used": found.model_used,
            "provider_used": found.provider_used,
            "cost_usd": found.cost_usd_micros / MICROS_PER_USD,
            "warnings": list(found.warnings),
        },
    )


def _present(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if value is not None}

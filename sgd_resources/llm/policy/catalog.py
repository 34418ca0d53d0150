"""What GET /models says of the slugs in use: prices, ends, aliases, abilities, and what of it should worry an operator.

What must not live here: asking (`gateway.py` does, at start and hourly), or booking by these prices.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

import orjson

from sgd_resources.llm.policy.policy_file import ModelFacts

EXPIRES_SOON_DAYS = 30


@dataclass(frozen=True)
class Model:
    """One listed model. Prices in USD per token; None when the list names none (or "-1": decided per call)."""

    slug: str
    prompt_usd: Decimal | None
    completion_usd: Decimal | None
    request_usd: Decimal
    image_usd: Decimal | None
    expires_on: date | None
    alias_target: str | None
    makes_images: bool
    parameters: frozenset[str]
    context_tokens: int | None = None

    @property
    def is_free(self) -> bool:
        """Whether a call costs nothing by the list."""
        return self.prompt_usd == 0 and self.completion_usd == 0 and self.request_usd == 0 and not self.image_usd


@dataclass(frozen=True)
class Concern:
    """Something about a slug in use."""

    slug: str
    kind: Literal[
        "unknown", "expired", "expiring", "alias", "price_changed", "no_key", "unreachable", "short", "unpriced"
    ]
    message: str


def parse_models(raw: bytes) -> dict[str, Model]:
    """The list by slug; entries that make no sense are left out. Raises ValueError when it is no list at all."""
    body = orjson.loads(raw)
    data = body.get("data") if isinstance(body, Mapping) else body
    if not isinstance(data, list):
        raise ValueError("no list of models")
    return {
        model.slug: model
        for entry in data
        if isinstance(entry, Mapping) and isinstance(entry.get("id"), str)
        for model in [_model(entry)]
    }


def _model(entry: Mapping[str, Any]) -> Model:
    pricing = entry.get("pricing") if isinstance(entry.get("pricing"), Mapping) else {}
    assert isinstance(pricing, Mapping)
    overrides = [found for found in pricing.get("overrides") or () if isinstance(found, Mapping)]
    architecture = entry.get("architecture")
    outputs = architecture.get("output_modalities") if isinstance(architecture, Mapping) else None
    alias = entry.get("alias_target")
    parameters = entry.get("supported_parameters")
    return Model(
        slug=str(entry["id"]),
        prompt_usd=_dearest(pricing, overrides, "prompt"),
        completion_usd=_dearest(pricing, overrides, "completion"),
        request_usd=_dearest(pricing, overrides, "request") or Decimal(0),
        image_usd=_dearest(pricing, overrides, "image_output"),
        expires_on=_date(entry.get("expiration_date")),
        alias_target=alias if isinstance(alias, str) else str(alias.get("id")) if isinstance(alias, Mapping) else None,
        makes_images=isinstance(outputs, list) and "image" in outputs,
        parameters=frozenset(parameters) if isinstance(parameters, list) else frozenset(),
        context_tokens=_context(entry),
    )


def _context(entry: Mapping[str, Any]) -> int | None:
    """The smallest context any of the entry's fields names: the model's own may be more than its provider serves."""
    top = entry.get("top_provider")
    named = [entry.get("context_length"), top.get("context_length") if isinstance(top, Mapping) else None]
    named += [entry.get("max_model_len"), entry.get("max_context_length")]
    return min((value for value in named if isinstance(value, int) and value > 0), default=None)


def concerns(
    slugs: Iterable[str], models: Mapping[str, Model], today: date, *, before: Mapping[str, Model] | None = None
) -> list[Concern]:
    """What an operator should know of the slugs in use.

    Args:
        slugs: in use.
        models: the list now.
        today: UTC.
        before: the list as it was when last read.
    """
    found = []
    for slug in slugs:
        model = models.get(slug) or models.get(slug.partition(":")[0])
        if model is None:
            found.append(Concern(slug, "unknown", "the provider lists no such model"))
            continue
        if model.expires_on is not None:
            days = (model.expires_on - today).days
            if days < 0:
                found.append(Concern(slug, "expired", f"ended on {model.expires_on}"))
            elif days <= EXPIRES_SOON_DAYS:
                found.append(Concern(slug, "expiring", f"ends on {model.expires_on}"))
        if model.alias_target and model.alias_target != slug:
            found.append(Concern(slug, "alias", f"now answered by {model.alias_target}"))
        old = (before or {}).get(model.slug)
        if old is not None and (old.prompt_usd, old.completion_usd) != (model.prompt_usd, model.completion_usd):
            found.append(Concern(slug, "price_changed", "the listed prices changed"))
    return found


def upper_bound_usd_micros(
    tokens_in: int, tokens_out: int, *, images: int, model: Model | None, facts: ModelFacts | None
) -> int | None:
    """The most one try can cost by what is known of its model; None where a price is not known."""
    prompt = _known(model.prompt_usd if model else None, facts.prompt_usd_per_million if facts else None)
    completion = _known(model.completion_usd if model else None, facts.completion_usd_per_million if facts else None)
    if images:
        per_image = model.image_usd if model and model.image_usd else None
        if facts and facts.image_usd is not None:
            per_image = max(per_image or Decimal(0), Decimal(str(facts.image_usd)))
        if per_image is None:
            return None
        text = prompt * tokens_in if prompt is not None else Decimal(0)
        return _micros(per_image * images + text)
    if prompt is None or completion is None:
        return None
    request = model.request_usd if model else Decimal(0)
    return _micros(prompt * tokens_in + completion * tokens_out + request)


def stated_cost_usd_micros(tokens_in: int, tokens_out: int, facts: ModelFacts | None) -> int | None:
    """What a reply cost by the prices of the policy; None where it names none, or the reply no tokens."""
    if facts is None or facts.prompt_usd_per_million is None or facts.completion_usd_per_million is None:
        return None
    if not tokens_in and not tokens_out:
        return None
    prompt, completion = Decimal(str(facts.prompt_usd_per_million)), Decimal(str(facts.completion_usd_per_million))
    return _micros((prompt * tokens_in + completion * tokens_out) / 1_000_000)


def _known(listed: Decimal | None, per_million: float | None) -> Decimal | None:
    stated = None if per_million is None else Decimal(str(per_million)) / 1_000_000
    if listed is None or stated is None:
        return listed if listed is not None else stated
    return max(listed, stated)


def _micros(usd: Decimal) -> int:
    return int((usd * 1_000_000).to_integral_value(rounding="ROUND_CEILING"))


def _dearest(pricing: Mapping[str, Any], overrides: list[Mapping[str, Any]], name: str) -> Decimal | None:
    """The highest price any condition can bring; None when it is not listed or decided per call."""
    prices = [_price(source.get(name)) for source in (pricing, *overrides) if source.get(name) is not None]
    known = [price for price in prices if price is not None]
    return max(known) if known and len(known) == len(prices) else None


def _price(value: Any) -> Decimal | None:
    try:
        price = Decimal(str(value))
    except InvalidOperation:
        return None
    return price if price.is_finite() and price >= 0 else None


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None

"""Who hears that a budget fills up: the log, a metric, and a webhook with a Slack-compatible body.

What must not live here: deciding that a mark was passed, once (`budget.py`).
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp
import orjson

from sgd_resources.events import warn
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.money.budget import BudgetAlert
from sgd_resources.llm.safety.log_text import as_logged

WEBHOOK_TIMEOUT_S = 5.0

Post = Callable[[str, Mapping[str, Any]], Awaitable[None]]


async def post_webhook(url: str, body: Mapping[str, Any]) -> None:
    """POST it once; a webhook that does not answer is logged by its kind of failure."""
    timeout = aiohttp.ClientTimeout(total=WEBHOOK_TIMEOUT_S)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(
                url, data=orjson.dumps(body), headers={"Content-Type": "application/json"}, allow_redirects=False
            ) as answer,
        ):
            if answer.status >= 300:
                warn("budget.webhook_failed", status=answer.status)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        warn("budget.webhook_failed", reason=type(error).__name__)


async def tell(alert: BudgetAlert, *, metrics: LlmMetrics, webhook_url: str | None, post: Post = post_webhook) -> None:
    """Everybody who should hear of it does."""
    metrics.budget_alerts.labels(alert.kind, str(alert.percent)).inc()
    scope = as_logged(alert.scope)  # names a project in its client's words
    spent, limit = alert.spent_usd_micros / 1_000_000, alert.limit_usd_micros / 1_000_000
    text = f"{alert.percent} % of the model budget of {scope} is spent: ${spent:.2f} of ${limit:.2f}"
    if alert.is_refusal:
        text = f"the model budget of {scope} has no room for another call: ${spent:.2f} of ${limit:.2f} is spent"
    warn(
        "budget.mark_passed", scope=scope, kind=alert.kind, percent=alert.percent, is_refusal=alert.is_refusal,
        spent_usd_micros=alert.spent_usd_micros, limit_usd_micros=alert.limit_usd_micros,
    )  # fmt: skip
    if webhook_url is not None:
        await post(
            webhook_url,
            {
                "text": text,
                "scope": scope,
                "kind": alert.kind,
                "day": alert.period,
                "percent": alert.percent,
                "spent_usd_micros": alert.spent_usd_micros,
                "limit_usd_micros": alert.limit_usd_micros,
            },
        )

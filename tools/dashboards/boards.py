"""The four dashboards: the system, the providers of models, the business, the pipeline.

Each query is over metrics of docs/observability.md; a test holds them together. What must not live here: Grafana's
JSON.
"""

from tools.dashboards.grafana import Board, Line, Panel

R = "[$__rate_interval]"
_OURS = 'outcome=~"INTERNAL_ERROR|UNAVAILABLE|LLM_PROVIDER_ERROR"'


def _rate(metric: str, by: str) -> str:
    return f"sum by ({by}) (rate({metric}{R}))"


def _hour(metric: str, by: str) -> str:
    return f"sum by ({by}) (increase({metric}[1h]))"


def _share(metric: str, of: str) -> str:
    return f"sum(rate({metric}{{{of}}}[1h])) / sum(rate({metric}[1h]))"


def _mean(histogram: str, by: str) -> str:
    return f"sum by ({by}) (rate({histogram}_sum[15m])) / sum by ({by}) (rate({histogram}_count[15m]))"


def _p(quantile: float, metric: str, by: str = "") -> str:
    labels = f"le, {by}" if by else "le"
    return f"histogram_quantile({quantile}, sum by ({labels}) (rate({metric}_bucket{R})))"


SYSTEM = Board(
    "sgd-system",
    "SGD: system",
    "Whether it answers, how fast, and what it stands on.",
    (
        Panel("Requests", (Line(_rate("sgd_http_requests_total", "status"), "{{status}}"),), "reqps"),
        Panel(
            "Time to answer",
            tuple(Line(_p(q, "sgd_http_request_duration_seconds"), f"p{q * 100:.0f}") for q in (0.5, 0.95, 0.99)),
            "s",
            limit=3,
        ),
        Panel(
            "Answers of 5xx",
            (
                Line(
                    f'sum(rate(sgd_http_requests_total{{status=~"5.."}}{R})) / sum(rate(sgd_http_requests_total{R}))',
                    "share",
                ),
            ),
            "percentunit",
            limit=0.01,
        ),
        Panel("Requests in flight", (Line("sgd_http_requests_in_flight", "in flight"),)),
        Panel(
            "Error budget left this month",
            (Line("1 - sgd:http_errors:ratio_rate30d / 0.01", "left"),),
            "percentunit",
            "stat",
            "1 % of a month's requests may fail; see docs/observability.md.",
        ),
        Panel("What it stands on", (Line("sgd_dependency_up", "{{name}}"), Line("sgd_metrics_view_up", "metrics"))),
        Panel(
            "Statements",
            (Line(_p(0.95, "sgd_db_query_duration_seconds", "operation"), "p95 {{operation}}"),),
            "s",
        ),
        Panel("Database refused", (Line(_rate("sgd_db_unavailable_total", "reason"), "{{reason}}"),), "ops"),
        Panel("Living processes", (Line("sgd_processes", "{{role}}"),)),
        Panel(
            "Caches",
            (
                Line(
                    f'sum by (cache) (rate(sgd_cache_operations_total{{result="hit"}}{R}))'
                    f' / sum by (cache) (rate(sgd_cache_operations_total{{operation="get"}}{R}))',
                    "{{cache}} hits",
                ),
            ),
            "percentunit",
        ),
        Panel(
            "Refused by limits",
            (
                Line(f"rate(sgd_rate_limited_total{R})", "over a limit"),
                Line(f"rate(sgd_rate_limiter_fallback_total{R})", "decided without Redis"),
            ),
            "ops",
        ),
        Panel(
            "Slowest routes",
            (Line(f"topk(10, {_p(0.95, 'sgd_http_request_duration_seconds', 'route')})", "{{route}}"),),
            "s",
        ),
    ),
)

PROVIDERS = Board(
    "sgd-providers",
    "SGD: models",
    "Who answers model calls, how fast, how well and for how much.",
    (
        Panel("Calls", (Line(_rate("sgd_llm_calls_total", "task, outcome"), "{{task}} {{outcome}}"),), "ops"),
        Panel(
            "Tries by answer",
            (Line(_rate("sgd_llm_tries_total", "provider, status"), "{{provider}} {{status}}"),),
            "ops",
        ),
        Panel("Failed tries", (Line(_rate("sgd_llm_failed_tries_total", "model, kind"), "{{model}} {{kind}}"),), "ops"),
        Panel("Time of a call", (Line(_p(0.95, "sgd_llm_call_duration_seconds", "task"), "p95 {{task}}"),), "s"),
        Panel("Breakers that are open", (Line("sgd_llm_breaker_open > 0", "{{breaker}}"),), limit=1),
        Panel("Models that fail", (Line("time() - sgd_llm_failing_since_seconds", "{{model}} {{kind}}"),), "s"),
        Panel(
            "Money",
            (Line("sum by (task) (increase(sgd_llm_cost_usd_micros_total[1h])) / 1e6", "{{task}}"),),
            "currencyUSD",
        ),
        Panel("Tokens", (Line(_rate("sgd_llm_tokens_total", "task, direction"), "{{task}} {{direction}}"),), "ops"),
        Panel("Kept answers", (Line(_rate("sgd_llm_cache_hits_total", "layer"), "{{layer}}"),), "ops"),
        Panel("Slugs that need a look", (Line("sgd_llm_model_concerns", "{{kind}}"),)),
        Panel("Outcome had to be looked up", (Line("increase(sgd_llm_unknown_outcomes_total[1h])", "an hour"),)),
        Panel(
            "Books",
            (
                Line("increase(sgd_llm_ledger_dropped_total[1h])", "rows lost"),
                Line("increase(sgd_llm_failed_beside_total[1h])", "{{what}}"),
            ),
        ),
    ),
)

BUSINESS = Board(
    "sgd-business",
    "SGD: business",
    "What clients got and what it cost.",
    (
        Panel("Renders an hour", (Line(_hour("sgd_render_duration_seconds_count", "outcome"), "{{outcome}}"),)),
        Panel(
            "Image success rate",
            (Line(_share("sgd_render_duration_seconds_count", 'outcome="succeeded"'), "succeeded"),),
            "percentunit",
        ),
        Panel(
            "Pictures that keep every rule",
            (Line(_share("sgd_pictures_judged_total", 'result="passed"'), "passed"),),
            "percentunit",
        ),
        Panel(
            "Cost of a job",
            (
                Line(
                    "sum(increase(sgd_llm_cost_usd_micros_total[1d])) / 1e6"
                    " / sum(increase(sgd_job_duration_seconds_count[1d]))",
                    "a day's mean",
                ),
            ),
            "currencyUSD",
        ),
        Panel(
            "Budget",
            (Line("sgd_budget_spent_usd_micros / on (period) sgd_budget_limit_usd_micros", "{{period}}"),),
            "percentunit",
            limit=0.8,
        ),
        Panel("Orgs", (Line("sgd_orgs", "orgs"), Line("sgd_partitions", "partitions {{definition}}")), kind="stat"),
        Panel("Prompts analysed", (Line(_hour("sgd_prompts_total", "outcome"), "{{outcome}}"),)),
        Panel(
            "Prompts from the cache",
            (Line("rate(sgd_prompts_cached_total[1h]) / sum(rate(sgd_prompts_total[1h]))", "cached"),),
            "percentunit",
        ),
        Panel("Bytes taken in", (Line("increase(sgd_upload_bytes_total[1h])", "an hour"),), "bytes"),
        Panel(
            "Cost of renders", (Line("increase(sgd_render_cost_usd_micros_total[1h]) / 1e6", "an hour"),), "currencyUSD"
        ),
        Panel(
            "Saved by kept answers",
            (Line("increase(sgd_llm_saved_usd_micros_total[1d]) / 1e6", "a day"),),
            "currencyUSD",
        ),
        Panel("Same file twice", (Line("increase(sgd_duplicate_uploads_total[1h])", "an hour"),)),
    ),
)

PIPELINE = Board(
    "sgd-pipeline",
    "SGD: pipeline",
    "Evidence in, canons and pictures out: what waits, how long each step takes, what fails.",
    (
        Panel("Jobs that wait", (Line('sgd_jobs_open{status="queued"}', "{{kind}}"),)),
        Panel(
            "Oldest job that waits", (Line('sgd_job_oldest_age_seconds{status="queued"}', "{{kind}}"),), "s", limit=300
        ),
        Panel("Time of a job", (Line(_p(0.95, "sgd_job_duration_seconds", "kind"), "p95 {{kind}}"),), "s"),
        Panel(
            "Time of a render",
            (Line(_p(0.5, "sgd_render_duration_seconds"), "p50"), Line(_p(0.95, "sgd_render_duration_seconds"), "p95")),
            "s",
            limit=1.8,
        ),
        Panel("Steps of a render", (Line(_mean("sgd_render_step_duration_seconds", "step"), "{{step}}"),), "s"),
        Panel(
            "Renders that failed",
            (Line(_hour(f"sgd_render_duration_seconds_count{{{_OURS}}}", "outcome"), "{{outcome}}"),),
        ),
        Panel("Stages", (Line(_p(0.95, "sgd_stage_duration_seconds", "stage"), "p95 {{stage}}"),), "s"),
        Panel(
            "Stages that failed",
            (Line(_hour('sgd_stage_duration_seconds_count{outcome="failed"}', "stage"), "{{stage}}"),),
        ),
        Panel("Canons derived", (Line(_hour("sgd_canon_derivations_total", "status"), "{{status}}"),)),
        Panel("Gate", (Line(_hour("sgd_gate_verdicts_total", "verdict"), "{{verdict}}"),)),
        Panel("Documents", (Line(_hour("sgd_documents_total", "outcome"), "{{outcome}}"),)),
        Panel(
            "Uploads that wait",
            (Line("sgd_uploads_pending", "files"), Line("sgd_upload_oldest_age_seconds / 60", "oldest, minutes")),
        ),
        Panel(
            "Since a sensor ticked",
            (Line("time() - sgd_sensor_last_tick_timestamp_seconds", "{{sensor}}"),),
            "s",
            limit=120,
        ),
        Panel("Sensors that fail", (Line("sgd_sensor_failing > 0", "{{sensor}}"),)),
        Panel(
            "Events", (Line("topk(15, sum by (event) (increase(sgd_events_total[1h])))", "{{event}}"),), kind="table"
        ),
    ),
)

BOARDS = (SYSTEM, PROVIDERS, BUSINESS, PIPELINE)

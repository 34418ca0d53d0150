"""When a model's help was slower or dearer than it should be: `Assisted figures -> names of failed gates`.

They are told to the operator and change no canon: a paid answer counts, however long it took. Quality needs a truth to
be measured against, so its gate stands with the evaluation (`tests/brands/hybrid.py`). What must not live here: asking,
or what a claim is worth.
"""

MOST_LATENCY_MS_PER_PAGE = 3_000  # a bound on what help may cost a derivation, not a measured need
MOST_COST_USD_MICROS = 50_000  # 5 US cents a canon: a bound on what a backfill of thousands of orgs may cost


def failed_gates(*, latency_ms: int, cost_usd_micros: int, pages: int) -> tuple[str, ...]:
    """Names of the gates that one canon's help failed, in a fixed order.

    Args:
        latency_ms: of the whole call; shared by the pages.
        cost_usd_micros: of the whole call.
        pages: pages read; a file without pages counts as one.
    """
    gates = {
        "latency": latency_ms / max(1, pages) < MOST_LATENCY_MS_PER_PAGE,
        "cost": cost_usd_micros < MOST_COST_USD_MICROS,
    }
    return tuple(name for name, is_passed in gates.items() if not is_passed)

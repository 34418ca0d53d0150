"""Caps of one org: known for some seconds, and never spent against while nobody knows them."""

from contextlib import contextmanager
from typing import Any

import pytest

from sgd_resources.errors import Unavailable
from sgd_resources.llm.money.alert_rows import org_of
from sgd_resources.llm.money.budget import BudgetAlert
from sgd_resources.llm.money.org_caps import KNOWN_S, OrgCaps, limited
from sgd_resources.llm.policy.policy_file import BudgetLimits
from sgd_resources.postgres.rows.whole.caps import Caps

LIMITS = BudgetLimits(org_day_usd_micros=100, global_day_usd_micros=1_000)


class Rows:
    """A database with one org's caps; counts how often it is asked."""

    def __init__(self) -> None:
        self.caps: tuple[int | None, int | None] | None = (7, None)
        self.asked = 0
        self.is_away = False

    @contextmanager
    def org_transaction(self, org_id: str) -> Any:
        self.asked += 1
        if self.is_away:
            raise Unavailable("away")
        yield self

    def execute(self, query: Any) -> Any:
        return self

    def one_or_none(self) -> tuple[int | None, int | None] | None:
        return self.caps


async def test_caps_are_asked_for_once_in_some_seconds_and_hold_while_the_database_is_away() -> None:
    rows, now = Rows(), [0.0]
    caps = OrgCaps(rows, clock=lambda: now[0])  # type: ignore[arg-type]  # all that it uses of one
    for _ in range(3):
        assert (await caps.of("acme", LIMITS)).org_day_usd_micros == 7
    assert rows.asked == 1
    rows.caps = None
    now[0] = KNOWN_S
    assert await caps.of("acme", LIMITS) is LIMITS
    rows.is_away, now[0] = True, 3 * KNOWN_S
    assert await caps.of("acme", LIMITS) is LIMITS
    with pytest.raises(Unavailable):
        await caps.of("globex", LIMITS)


def test_everybodys_pots_stay_as_the_policy_says() -> None:
    found = limited(LIMITS, Caps(day_usd_micros=500, month_usd_micros=9_000))
    assert (found.org_day_usd_micros, found.org_month_usd_micros, found.global_day_usd_micros) == (500, 9_000, 1_000)


@pytest.mark.parametrize(
    ("scope", "org"), [("org:acme", "acme"), ("key:acme:k:1", "acme"), ("project:acme:x", "acme"), ("global", None)]
)
def test_an_alert_belongs_to_the_org_of_its_pot(scope: str, org: str | None) -> None:
    assert org_of(BudgetAlert(scope, "day", "2026-11-30", 50, 1, 2)) == org

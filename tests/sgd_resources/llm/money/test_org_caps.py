"""Caps of one org: known for some seconds, and never spent against while nobody knows them."""

from contextlib import contextmanager
from typing import Any

import pytest

from sgd_resources.errors import Unavailable
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.money.alert_rows import org_of
from sgd_resources.llm.money.budget import BudgetAlert
from sgd_resources.llm.money.org_caps import KNOWN_S, OrgCaps, limited
from sgd_resources.llm.money.scopes import scopes_of
from sgd_resources.llm.policy.policy_file import BudgetLimits
from sgd_resources.llm.pots import own_scopes
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

    def __iter__(self) -> Any:
        return iter(())

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


def test_a_key_and_a_project_with_caps_of_their_own_have_pots_that_nobody_else_draws_from() -> None:
    limits = limited(LIMITS, Caps(parts={("key", "k1"): (7, None), ("project", "spring"): (None, 9)}))
    drawn = scopes_of(limits, Caller("acme", project_id="spring", key_id="k1"), "2026-11-30")
    assert [(one.kind, one.name, one.period, one.limit_usd_micros) for one in drawn[:2]] == [
        ("key_day", "key:acme:k1", "2026-11-30", 7), ("project_month", "project:acme:spring", "2026-11", 9),
    ]  # fmt: skip
    others = scopes_of(limits, Caller("acme", project_id="k1", key_id="spring"), "2026-11-30")
    assert [one.kind for one in others] == ["org_day", "global_day"]
    shown = own_scopes(limits, Caller("acme", key_id="k1"))
    assert sorted(one.kind for one in shown) == ["key_day", "org_day", "project_month"], "each once"


@pytest.mark.parametrize(
    ("scope", "org"), [("org:acme", "acme"), ("key:acme:k:1", "acme"), ("project:acme:x", "acme"), ("global", None)]
)
def test_an_alert_belongs_to_the_org_of_its_pot(scope: str, org: str | None) -> None:
    assert org_of(BudgetAlert(scope, "day", "2026-11-30", 50, 1, 2)) == org

"""After an outage the ledger is the provider's own bill, call by call; during it nothing goes above the caps."""

import pytest

from tests.sgd_resources.llm.call.outage_day import BILLED, CAP_USD_MICROS, FREE, outage

CALLS = 60


@pytest.mark.embedded
@pytest.mark.parametrize("kind", FREE)
async def test_what_is_proven_free_is_given_back_at_once(redis_url: str, kind: str) -> None:
    found = await outage(redis_url, kind, CALLS)
    assert (found.calls, found.most_held, found.booked_after, found.wrong_calls) == (CALLS, 0, 0, 0)


@pytest.mark.embedded
@pytest.mark.parametrize("kind", BILLED)
async def test_what_is_not_known_is_held_until_the_provider_tells_and_booked_as_it_bills(
    redis_url: str, kind: str
) -> None:
    found = await outage(redis_url, kind, CALLS)
    assert found.booked_before == 0
    assert 0 < found.most_held <= CAP_USD_MICROS
    assert (found.calls, found.booked_after, found.wrong_calls) == (CALLS, found.bill, 0)


@pytest.mark.embedded
async def test_what_nobody_will_ever_know_is_booked_at_its_estimate_and_never_below_the_bill(redis_url: str) -> None:
    found = await outage(redis_url, "cut answer without an id", CALLS)
    assert found.booked_after >= found.bill
    assert found.booked_after <= CALLS * 20_000

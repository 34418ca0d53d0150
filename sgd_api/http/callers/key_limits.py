"""How often one caller may ask: the windows of an org, and those of the key, user or service within it.

`10 a second with a burst of 30` is at most 30 in any 3 seconds: spread evenly that is 10 a second, and 30 may come at
once. What must not live here: counting (`rate_limits.py`).
"""

import math

from sgd_api.http.callers.rate_limits import Policy
from sgd_resources.identity.principal import Principal
from sgd_resources.settings import Settings


def policies_for(caller: Principal, settings: Settings, *, starts_work: bool) -> list[Policy]:
    """Every window that a request of this caller spends of."""
    found = [Policy("default", settings.sgd_rate_limit_per_min, 60)]
    if starts_work:
        found.append(Policy("work", settings.sgd_rate_limit_work_per_min, 60))
    limits, own = settings.key_limits, caller.account
    found.append(Policy("key", caller.limits.per_min or limits.per_min, 60, own))
    found.append(Policy("burst", limits.burst, burst_window_s(limits.burst, limits.per_s), own))
    if caller.limits.per_hour is not None:
        found.append(Policy("hour", caller.limits.per_hour, 3_600, own))
    return found + _of_maker(caller)


def _of_maker(caller: Principal) -> list[Policy]:
    """A key with limits of its own would have more of them with every key that it makes: all spend of its windows."""
    maker = caller.limits.maker
    if maker is None:
        return []
    windows = (("maker", "key", maker.per_min, 60), ("maker-hour", "hour", maker.per_hour, 3_600))
    return [
        Policy(name, quota, window_s, maker.account, counts_with)
        for name, counts_with, quota, window_s in windows
        if quota is not None
    ]


def burst_window_s(burst: int, per_s: int) -> int:
    """Seconds in which a burst is earned again at the rate of so many a second; at least one."""
    return max(1, math.ceil(burst / per_s))

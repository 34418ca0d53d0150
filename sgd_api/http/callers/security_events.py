"""What the audit log and the event stream hear of who came in, who did not, and who asked too often.

An org's log is written where the org is known; a login of nobody is an event only. A row for each request would let one
caller fill the log: a login is told once an hour for each caller and a limit once a minute, in each process. What must
not live here: deciding any of it (`auth.py`, `rate_limits.py`), or addresses, keys and tokens, which no log holds.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sgd_resources.errors import SgdError
from sgd_resources.events import warn
from sgd_resources.identity.principal import Principal
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import audit

LOGIN_EVERY_S = 3_600.0
LIMIT_EVERY_S = 60.0
_MOST_KNOWN = 50_000
"""Callers remembered in one process, about 10 MB; beyond that the one heard of longest ago is told again."""


class Seldom:
    """Whether something is to be told again: not before its time is over. Threads may share it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._told: OrderedDict[tuple[str, ...], float] = OrderedDict()
        self._lock = threading.Lock()

    def is_due(self, of: tuple[str, ...], every_s: float) -> bool:
        """True once in `every_s` seconds for the same thing."""
        now = self._clock()
        with self._lock:
            last = self._told.get(of)
            if last is not None and now - last < every_s:
                return False
            self._told[of] = now
            self._told.move_to_end(of)
            while len(self._told) > _MOST_KNOWN:
                self._told.popitem(last=False)
        return True


class SecurityEvents:
    """Tells them. One per API process; threads may share it."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._seldom = Seldom(clock)

    def came_in(self, caller: Principal) -> None:
        """`AUTH_SUCCESS`, sampled."""
        if self._seldom.is_due(("in", caller.org_id, caller.subject), LOGIN_EVERY_S):
            self._write(caller, "AUTH_SUCCESS", {"every_s": int(LOGIN_EVERY_S)})

    def was_limited(self, caller: Principal, policies: Sequence[str]) -> None:
        """`RATE_LIMIT_EXCEEDED`, with the windows that were full."""
        if self._seldom.is_due(("limit", caller.org_id, caller.subject, *policies), LIMIT_EVERY_S):
            self._write(caller, "RATE_LIMIT_EXCEEDED", {"policies": list(policies), "every_s": int(LIMIT_EVERY_S)})

    def was_refused(self, caller: Principal, scope: str) -> None:
        """`AUTH_FAILURE` of somebody known: without the scope that the request needs."""
        if self._seldom.is_due(("scope", caller.org_id, caller.subject, scope), LIMIT_EVERY_S):
            self._write(caller, "AUTH_FAILURE", {"reason": "scope", "scope": scope, "every_s": int(LIMIT_EVERY_S)})

    def had_personal_data(self, caller: Principal, where: str, kinds: Mapping[str, int]) -> None:
        """`PII_DETECTED`: which kinds of personal data a request's words hold, and how many of each; none of them."""
        if self._seldom.is_due(("personal", caller.org_id, caller.subject, where, *sorted(kinds)), LIMIT_EVERY_S):
            told = {"where": where, "kinds": dict(sorted(kinds.items())), "every_s": int(LIMIT_EVERY_S)}
            self._write(caller, "PII_DETECTED", told)

    @staticmethod
    def stayed_out(reason: str, request_id: str) -> None:
        """`AUTH_FAILURE` of nobody known: no org's log can hold it. Failed logins are limited by address before."""
        warn("auth.failed", security_event="AUTH_FAILURE", reason=reason, request_id=request_id)

    def _write(self, caller: Principal, action: str, details: Mapping[str, Any]) -> None:
        # What it tells of has happened or not, whether it can be told or not: the request goes its way.
        try:
            with self._database.org_transaction(caller.org_id) as connection:
                audit.append(
                    connection, caller.org_id, actor=caller.subject, action=action, subject=caller.subject,
                    details=details,
                )  # fmt: skip
        except SgdError as error:
            warn("audit.not_written", org_id=caller.org_id, action=action, reason=error.code)

"""FastAPI dependencies of routes that have a caller: the services, the verified caller, and the caller's rate limit.

What must not live here: any route.
"""

from collections.abc import Awaitable, Callable, Mapping
from ipaddress import ip_address, ip_network
from typing import Annotated, Any

import anyio.to_thread
from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant

from sgd_api.http.bodies.listings import StoredError
from sgd_api.http.bodies.schemas import ErrorEnvelope
from sgd_api.http.callers.auth import authenticate
from sgd_api.http.callers.key_limits import policies_for
from sgd_api.http.callers.rate_limits import Policy
from sgd_api.http.callers.scopes import scope_of
from sgd_api.http.once.entry import enter_once
from sgd_api.http.prefer import Preference, read_preference
from sgd_api.http.services import Services
from sgd_assets.on_demand.resource.job import told_error
from sgd_resources.errors import Forbidden, RateLimited, Unauthorized, ValidationFailed
from sgd_resources.identity.principal import Principal
from sgd_resources.ports import Caller


def services_of(request: Request) -> Services:
    """The app's services."""
    services = request.app.state.services
    assert isinstance(services, Services)
    return services


async def _services(request: Request) -> Services:
    # Not `services_of` itself: FastAPI would send what is no coroutine to a thread, at every request.
    return services_of(request)


WithServices = Annotated[Services, Depends(_services)]


def _verified(*, starts_work: bool) -> Callable[[Request], Awaitable[Principal]]:
    async def enter(request: Request) -> Principal:
        # Threads of its own: a login waits for logins only, whatever else this process does.
        caller = await anyio.to_thread.run_sync(let_in, request, limiter=services_of(request).login_threads)
        await enter_once(request, caller, services_of(request).database)
        return caller

    def let_in(request: Request) -> Principal:
        # Key look-up and rate limit share one trip to a worker thread.
        services = services_of(request)
        try:
            caller = authenticate(services, request)
        except Unauthorized as error:
            _count_failed_login(request, services)
            services.security_events.stayed_out(error.code, request.state.request_id)
            raise
        request.state.caller = caller
        policies = policies_for(caller, services.settings, starts_work=starts_work)
        decision = services.limiter.decide(caller.org_id, policies)
        request.state.limit_headers = decision.headers
        try:
            decision.enforce()
        except RateLimited as error:
            services.metrics.rate_limited.inc()
            services.security_events.was_limited(caller, error.details["policies"])
            raise
        _needs_scope(caller, request, services)
        services.security_events.came_in(caller)
        _refuse_unknown_parameters(request)
        return caller

    return enter


def _needs_scope(caller: Principal, request: Request, services: Services) -> None:
    """Raises Forbidden where the caller was not given what this route needs."""
    scope = scope_of(request.method, request.scope["route"].path)
    try:
        caller.needs(scope)
    except Forbidden:
        services.security_events.was_refused(caller, scope)
        raise


def _refuse_unknown_parameters(request: Request) -> None:
    """A misspelt `?limt=5` would be obeyed by nobody.

    Raises:
        ValidationFailed: the query names a parameter that this route does not know, or one of them twice.
    """
    known = _query_names(request.scope["route"].dependant)
    given = [name for name, _ in request.query_params.multi_items()]
    wrong = sorted({name for name in given if name not in known or given.count(name) > 1})
    if wrong:
        faults = [
            {"path": f"$.query.{name[:100]}", "message": "given twice" if name in known else "unknown parameter"}
            for name in wrong[:50]
        ]
        raise ValidationFailed(f"{faults[0]['path']}: {faults[0]['message']}", details={"errors": faults})


def _query_names(dependant: Dependant) -> set[str]:
    own = {parameter.alias for parameter in dependant.query_params}
    return own.union(*(_query_names(inner) for inner in dependant.dependencies))


def _count_failed_login(request: Request, services: Services) -> None:
    """Failed logins are limited per client address; good keys of the same address go on working.

    Raises:
        RateLimited: too many lately; instead of the 401, so that a guesser learns nothing more for a while.
    """
    policy = Policy("failed-logins", services.settings.sgd_rate_limit_failed_logins_per_min, 60)
    decision = services.limiter.decide(f"address:{_address(request)}", [policy])
    if not decision.is_allowed:
        services.metrics.rate_limited.inc()
        request.state.limit_headers = decision.headers
        raise RateLimited("too many failed logins from this address", retry_after_s=decision.retry_after_s)


def _address(request: Request) -> str:
    """The client's address; of IPv6 the /64 that one client has to itself."""
    host = request.client.host if request.client else "unknown"
    try:
        parsed = ip_address(host)
    except ValueError:
        return host
    return str(ip_network((parsed, 64), strict=False)) if parsed.version == 6 else host


def payer(request: Request, caller: Principal) -> Caller:
    """Who pays for what this request asks of models, and under which request the ledger keeps it."""
    return Caller(caller.org_id, request_id=request.state.request_id, key_id=caller.key_id, key_line=caller.key_line)


Reader = Annotated[Principal, Depends(_verified(starts_work=False))]
"""A caller of a route that only reads."""
Worker = Annotated[Principal, Depends(_verified(starts_work=True))]
"""A caller of a route that writes or computes."""


async def preference(request: Request) -> Preference:
    """How long this request wants to wait."""
    header = ", ".join(request.headers.getlist("prefer")) or None
    return read_preference(header, max_wait_s=services_of(request).settings.sgd_max_wait_s)


WithPreference = Annotated[Preference, Depends(preference)]

ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorEnvelope, "description": text}
    for status, text in {
        400: "not well-formed",
        401: "no usable API key, token or signature",
        403: "the key or token may not do this",
        404: "no such thing in this org",
        408: "the body came too slowly",
        413: "larger than allowed",
        422: "breaks its contract",
        429: "too many requests; Retry-After says when",
        503: "something is down; Retry-After says when",
    }.items()
}
"""What any route that has a caller may answer."""


def stored_error(row: Mapping[str, Any] | None) -> StoredError | None:
    """The reason on a failed request's row."""
    told = told_error(row)
    return None if told is None else StoredError(**told)
